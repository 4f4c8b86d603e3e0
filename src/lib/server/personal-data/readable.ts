import type { OwnData } from './own-data.ts';

const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const titles: Readonly<Record<string, string>> = {
	profile: 'Hồ sơ',
	consents: 'Đồng ý đã cho và đã rút',
	listings: 'Tin hàng',
	orders: 'Đơn hàng',
	orderContacts: 'Nơi nhận đã ghi trong đơn',
	needs: 'Nhu cầu mua',
	offers: 'Chào hàng',
	measures: 'Khóa và nhắc nhở',
	requests: 'Yêu cầu về dữ liệu và trả lời',
	proposals: 'Góp ý, kiến nghị và trả lời',
	looks: 'Ai đã xem dữ liệu',
	acts: 'Việc đã ghi nhận'
};

function asHtml(value: unknown): string {
	if (value === null || value === undefined || value === '') return '<i>không có</i>';
	if (Array.isArray(value))
		return value.length === 0
			? '<i>không có</i>'
			: `<ol>${value.map((one) => `<li>${asHtml(one)}</li>`).join('')}</ol>`;
	if (typeof value === 'object')
		return `<dl>${Object.entries(value)
			.map(([name, one]) => `<dt>${escape(name)}</dt><dd>${asHtml(one)}</dd>`)
			.join('')}</dl>`;
	return escape(String(value));
}

/** The same data as a page that opens anywhere, without a script. */
export function readablePage(data: OwnData): string {
	const { exportedAt, accountId, ...parts } = data;
	const sections = Object.entries(parts)
		.map(([name, part]) => `<section><h2>${escape(titles[name] ?? name)}</h2>${asHtml(part)}</section>`)
		.join('');
	return `<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Dữ liệu của tôi</title>
<style>body{font:16px/1.5 sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem}dl{display:grid;grid-template-columns:minmax(8rem,auto) 1fr;gap:.25rem 1rem}dt{color:#555}dd{margin:0;overflow-wrap:anywhere}</style>
</head><body><h1>Dữ liệu của tôi</h1><p>Tài khoản ${escape(accountId)}, lấy lúc ${escape(exportedAt)}.</p>${sections}</body></html>`;
}
