import type { OrderState } from '$lib/domain/orders/states.ts';
import type { Locale } from './texts.ts';

/** TG-11.4: the statuses in the words of the regulation, and the two other ends. */
export const orderStateWords: Readonly<Record<Locale, Readonly<Record<OrderState, string>>>> = {
	vi: {
		placed: 'Đã đặt',
		awaiting_confirmation: 'Chờ xác nhận',
		awaiting_pickup: 'Chờ lấy hàng',
		in_delivery: 'Đang giao hàng',
		delivered: 'Đã giao hàng',
		cancelled: 'Đã hủy',
		failed: 'Giao không thành công'
	},
	en: {
		placed: 'Placed',
		awaiting_confirmation: 'Awaiting confirmation',
		awaiting_pickup: 'Awaiting pick-up',
		in_delivery: 'In delivery',
		delivered: 'Delivered',
		cancelled: 'Cancelled',
		failed: 'Delivery failed'
	}
};

/** How each status looks, the same on every screen. */
export const orderStateLooks = {
	placed: { tone: 'river', icon: 'check' },
	awaiting_confirmation: { tone: 'mango', icon: 'clock' },
	awaiting_pickup: { tone: 'river', icon: 'box' },
	in_delivery: { tone: 'river', icon: 'truck' },
	delivered: { tone: 'leaf', icon: 'check-circle' },
	cancelled: { tone: 'quiet', icon: 'close' },
	failed: { tone: 'brick', icon: 'alert' }
} as const satisfies Readonly<Record<OrderState, { readonly tone: string; readonly icon: string }>>;
