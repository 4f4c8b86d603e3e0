import { z } from 'zod';
import { line, link, template, text, type Block } from '../template.ts';

/** Where the person sees it, signed in or locked; it needs no JavaScript. */
const page = '/measures';

const target = z.enum(['account', 'business', 'listing']);
const step = z.enum(['warn', 'hide_product', 'suspend', 'end', 'refer']);
type Measure = { step: z.output<typeof step>; target: z.output<typeof target>; name: string };

const measure = {
	code: line(40),
	step,
	target,
	/** Of the goods or the business; the person's own name stays out of subject lines. */
	name: line(200)
};

const viTarget = ({ target, name }: Measure): string =>
	({ account: 'tài khoản của bạn', business: `cơ sở “${name}”`, listing: `sản phẩm “${name}”` })[target];
const enTarget = ({ target, name }: Measure): string =>
	({ account: 'your account', business: `your business “${name}”`, listing: `your product “${name}”` })[
		target
	];

const viDone = (p: Measure): string =>
	({
		warn: `Nhắc nhở về ${viTarget(p)}`,
		hide_product: `Đã gỡ ${viTarget(p)} khỏi sàn`,
		suspend: `Đã khóa ${viTarget(p)}`,
		end: `Đã chấm dứt ${viTarget(p)}`,
		refer: `Đã chuyển hồ sơ về ${viTarget(p)}`
	})[p.step];
const enDone = (p: Measure): string =>
	({
		warn: `A warning about ${enTarget(p)}`,
		hide_product: `Taken off the exchange: ${enTarget(p)}`,
		suspend: `Locked: ${enTarget(p)}`,
		end: `Ended: ${enTarget(p)}`,
		refer: `Handed on: the record about ${enTarget(p)}`
	})[p.step];

const why = {
	vi: (p: {
		ground: string;
		law: string;
		reason: string;
		agency: string;
		contact: string;
		code: string;
	}): Block[] => [
		text(`Căn cứ: ${p.ground} (${p.law}).`),
		text(`Lý do: ${p.reason}`),
		text(`Cơ quan xử lý: ${p.agency}, ${p.contact}. Mã hồ sơ: ${p.code}.`)
	],
	en: (p: {
		ground: string;
		law: string;
		reason: string;
		agency: string;
		contact: string;
		code: string;
	}): Block[] => [
		text(`Ground: ${p.ground} (${p.law}).`),
		text(`Reason: ${p.reason}`),
		text(`Agency: ${p.agency}, ${p.contact}. File: ${p.code}.`)
	]
};
const cause = { ground: line(), law: line(400), reason: line(1_000), agency: line(), contact: line() };

/** TG-9.2, TG-9.3: what is written to the person at the same time as a measure is taken, announced or ended. */
export const enforcementTemplates = {
	/** `until` = last day of a term, '' without one. */
	measure_taken: template(z.strictObject({ ...measure, ...cause, until: line(40) }), {
		vi: (p) => ({
			subject: `${viDone(p)} (${p.code})`,
			blocks: [
				text(`${viDone(p)}${p.until === '' ? '' : `, đến hết ngày ${p.until}`}.`),
				...why.vi(p),
				...(p.step === 'suspend' || p.step === 'hide_product'
					? [
							text(
								'Sửa xong, bạn gửi yêu cầu xác nhận lại kèm giấy tờ. Cơ quan trả lời trong 3 ngày làm việc.'
							)
						]
					: []),
				link('Xem lý do và cách khắc phục', page)
			],
			sms: `${viDone(p)}. Căn cứ: ${p.ground}. Mã ${p.code}. Đăng nhập sàn để xem lý do và cách khắc phục.`
		}),
		en: (p) => ({
			subject: `${enDone(p)} (${p.code})`,
			blocks: [
				text(`${enDone(p)}${p.until === '' ? '' : `, until the end of ${p.until}`}.`),
				...why.en(p),
				...(p.step === 'suspend' || p.step === 'hide_product'
					? [
							text(
								'When it is put right, ask for reconfirmation with your papers. The agency answers in 3 working days.'
							)
						]
					: []),
				link('See why and what to do', `/en${page}`)
			],
			sms: `${enDone(p)}. Ground: ${p.ground}. File ${p.code}. Sign in to see why and what to do.`
		})
	}),

	/** LAW-tmdt-notice: `at` = from when, unless it is put right before. */
	measure_noticed: template(z.strictObject({ ...measure, ...cause, at: line(40) }), {
		vi: (p) => ({
			subject: `Báo trước: sẽ khóa ${viTarget(p)} từ ${p.at} (${p.code})`,
			blocks: [
				text(`Từ ${p.at}, sàn sẽ khóa ${viTarget(p)}. Đến lúc đó bạn vẫn dùng bình thường.`),
				...why.vi(p),
				text(
					'Khắc phục trước ngày đó và gửi yêu cầu xác nhận kèm giấy tờ: được chấp thuận thì không bị khóa.'
				),
				link('Xem lý do và cách khắc phục', page)
			],
			sms: `Từ ${p.at} sàn sẽ khóa ${viTarget(p)}. Căn cứ: ${p.ground}. Mã ${p.code}. Vào sàn xem cách khắc phục.`
		}),
		en: (p) => ({
			subject: `Notice: ${enTarget(p)} will be locked from ${p.at} (${p.code})`,
			blocks: [
				text(`From ${p.at} the exchange will lock ${enTarget(p)}. Until then everything works as before.`),
				...why.en(p),
				text(
					'Put it right before that day and ask for confirmation with your papers: once approved, nothing is locked.'
				),
				link('See why and what to do', `/en${page}`)
			],
			sms: `From ${p.at} ${enTarget(p)} will be locked. Ground: ${p.ground}. File ${p.code}. Sign in to see what to do.`
		})
	}),

	/** `reason` may be ''. */
	measure_ended: template(z.strictObject({ ...measure, reason: line(1_000) }), {
		vi: (p) => ({
			subject: `Đã gỡ bỏ biện pháp với ${viTarget(p)} (${p.code})`,
			blocks: [
				text(`Biện pháp ${p.code} đối với ${viTarget(p)} đã hết hiệu lực.`),
				...(p.reason === '' ? [] : [text(p.reason)]),
				link('Mở sàn', '/sign-in')
			],
			sms: `Biện pháp ${p.code} đối với ${viTarget(p)} đã hết hiệu lực. Bạn dùng sàn lại được.`
		}),
		en: (p) => ({
			subject: `The measure against ${enTarget(p)} has ended (${p.code})`,
			blocks: [
				text(`Measure ${p.code} against ${enTarget(p)} is no longer in force.`),
				...(p.reason === '' ? [] : [text(p.reason)]),
				link('Open the exchange', '/en/sign-in')
			],
			sms: `Measure ${p.code} against ${enTarget(p)} has ended. You can use the exchange again.`
		})
	}),

	/** TG-9.2, TG-13.1: to who bought from somebody that is locked. `order` is its code, `title` what was bought. */
	order_seller_locked: template(z.strictObject({ order: line(40), title: line() }), {
		vi: (p) => ({
			subject: `Người bán của đơn ${p.order} đang bị khóa`,
			blocks: [
				text(`Cơ quan quản lý đã khóa người bán của đơn ${p.order}: ${p.title}.`),
				text(
					'Đơn vẫn được giải quyết: người bán giao nốt hàng đã hứa hoặc hủy đơn, và bạn được báo ngay. Chưa giao cho bên vận chuyển thì bạn hủy được.'
				),
				link('Xem đơn', '/app/orders')
			],
			sms: `Người bán của đơn ${p.order} đang bị khóa. Đơn vẫn được giao nốt hoặc hủy, bạn được báo ngay. Chưa giao thì bạn hủy được.`
		}),
		en: (p) => ({
			subject: `The seller of order ${p.order} is locked`,
			blocks: [
				text(`An agency has locked the seller of order ${p.order}: ${p.title}.`),
				text(
					'The order is still being settled: the seller delivers what was promised or calls it off, and you are told at once. Before it is with the carrier you can cancel it.'
				),
				link('See the order', '/app/orders')
			],
			sms: `The seller of order ${p.order} is locked. It is still delivered or called off, and you are told at once. Until it is handed over you can cancel.`
		})
	}),

	/** TG-9.3a: the request was not approved, with what is still missing. */
	remedy_refused: template(z.strictObject({ ...measure, reason: line(1_000) }), {
		vi: (p) => ({
			subject: `Chưa xác nhận lại ${viTarget(p)} (${p.code})`,
			blocks: [
				text(`Cơ quan quản lý chưa chấp thuận yêu cầu xác nhận lại ${viTarget(p)}.`),
				text(`Lý do: ${p.reason}`),
				text('Bạn có thể bổ sung và gửi yêu cầu mới.'),
				link('Xem và gửi lại', page)
			],
			sms: `Chưa xác nhận lại ${viTarget(p)}, mã ${p.code}. Đăng nhập sàn để xem lý do và gửi lại.`
		}),
		en: (p) => ({
			subject: `Not reconfirmed yet: ${enTarget(p)} (${p.code})`,
			blocks: [
				text(`The agency did not approve the request to reconfirm ${enTarget(p)}.`),
				text(`Reason: ${p.reason}`),
				text('You can add what is missing and ask again.'),
				link('See it and ask again', `/en${page}`)
			],
			sms: `Not reconfirmed: ${enTarget(p)}, file ${p.code}. Sign in to see why and ask again.`
		})
	})
};
