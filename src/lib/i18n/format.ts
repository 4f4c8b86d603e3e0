import type { Locale } from './texts.ts';

/**
 * Numbers, money and dates as people of the province write them. Pure: `now` is a parameter, and every
 * instant is shown in Vietnam's time (+07:00, no daylight saving), wherever the program runs.
 */
const nbsp = '\u00a0';
const minute = 60_000;
const hour = 60 * minute;
const offset = 7 * hour;

/** "85.000" in Vietnamese, "85,000" in English; at most `decimals` decimals, none when whole. */
export function formatNumber(value: number, locale: Locale, decimals = 3): string {
	const [group, point] = locale === 'vi' ? ['.', ','] : [',', '.'];
	const [whole = '0', fraction = ''] = Math.abs(value).toFixed(decimals).split('.');
	const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group);
	const rest = fraction.replace(/0+$/, '');
	const sign = value < 0 ? '−' : '';
	return sign + grouped + (rest === '' ? '' : point + rest);
}

/** "85.000 đ" */
export const formatDong = (amount: number, locale: Locale): string =>
	`${formatNumber(amount, locale, 0)}${nbsp}đ`;

/** "10 kg", "1,5 kg". `unit` is the name people read, not the id. */
export const formatQuantity = (amount: number, unit: string, locale: Locale): string =>
	`${formatNumber(amount, locale)}${nbsp}${unit}`;

const monthsEn = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const weekdays = {
	vi: ['Chủ nhật', 'Thứ Hai', 'Thứ Ba', 'Thứ Tư', 'Thứ Năm', 'Thứ Sáu', 'Thứ Bảy'],
	en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
} as const;
const two = (n: number): string => String(n).padStart(2, '0');

/** A plain day (`2026-11-18`) is that day; an instant is the day it falls on in Vietnam. */
function inVietnam(when: string): Date {
	return /^\d{4}-\d{2}-\d{2}$/.test(when)
		? new Date(`${when}T00:00:00Z`)
		: new Date(Date.parse(when) + offset);
}

/** "18/11/2026", "18 Nov 2026" */
export function formatDate(when: string, locale: Locale): string {
	const d = inVietnam(when);
	const [day, month, year] = [d.getUTCDate(), d.getUTCMonth(), d.getUTCFullYear()];
	return locale === 'vi' ? `${two(day)}/${two(month + 1)}/${year}` : `${day} ${monthsEn[month]} ${year}`;
}

/** "18/11", "18 Nov" */
export function formatDayMonth(when: string, locale: Locale): string {
	const d = inVietnam(when);
	return locale === 'vi'
		? `${two(d.getUTCDate())}/${two(d.getUTCMonth() + 1)}`
		: `${d.getUTCDate()} ${monthsEn[d.getUTCMonth()]}`;
}

/** "Thứ Tư 25/11", "Wednesday 25 Nov" */
export const formatWeekday = (when: string, locale: Locale): string =>
	`${weekdays[locale][inVietnam(when).getUTCDay()]} ${formatDayMonth(when, locale)}`;

/** "08:12" */
export function formatTime(instant: string): string {
	const d = inVietnam(instant);
	return `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}`;
}

/** "18/11/2026 08:12" */
export const formatDateTime = (instant: string, locale: Locale): string =>
	`${formatDate(instant, locale)} ${formatTime(instant)}`;

/** "vừa xong", "5 phút trước", "2 giờ trước", "hôm qua 08:12", then the date. The future reads as "vừa xong". */
export function formatRelative(instant: string, now: Date, locale: Locale): string {
	const past = now.getTime() - Date.parse(instant);
	if (past < minute) return locale === 'vi' ? 'vừa xong' : 'just now';
	if (past < hour) {
		const n = Math.floor(past / minute);
		return locale === 'vi' ? `${n} phút trước` : `${n} min ago`;
	}
	const daysAgo = dayNumber(now.getTime()) - dayNumber(Date.parse(instant));
	if (daysAgo === 0) {
		const n = Math.floor(past / hour);
		return locale === 'vi' ? `${n} giờ trước` : `${n} h ago`;
	}
	if (daysAgo === 1) return `${locale === 'vi' ? 'hôm qua' : 'yesterday'} ${formatTime(instant)}`;
	return formatDate(instant, locale);
}

const dayNumber = (milliseconds: number): number => Math.floor((milliseconds + offset) / (24 * hour));
