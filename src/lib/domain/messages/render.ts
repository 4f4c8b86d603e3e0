import { oneLine, type Block, type Language } from './template.ts';
import { writerOf, type TemplateName } from './templates.ts';

/** Who writes: the exchange as people know it, and where it stands, without a slash at the end. */
export type Sender = { readonly name: string; readonly origin: string };

/** A message ready for the wire. `subject` and `sms` are one line each. */
export type Rendered = {
	readonly subject: string;
	readonly text: string;
	readonly html: string;
	readonly sms: string;
	/** It holds a one-time code: whoever reads it can be that person. */
	readonly secret: boolean;
};

const closing: Readonly<Record<Language, (sender: Sender) => string>> = {
	vi: ({ name, origin }) => `Thư tự động của ${name}, ${origin}. Không cần trả lời thư này.`,
	en: ({ name, origin }) => `Sent automatically by ${name}, ${origin}. There is no need to answer.`
};

/** Writes a stored message. Throws when the parameters are not those of the template. */
export function renderMessage(
	name: TemplateName,
	language: Language,
	params: unknown,
	sender: Sender
): Rendered {
	const { subject, blocks, sms } = writerOf(name).write(language, params);
	const last = closing[language](sender);
	return {
		subject: oneLine(subject),
		text: [...blocks.map((block) => asText(block, sender.origin)), '--', last].join('\n\n') + '\n',
		html: asHtml(oneLine(subject), blocks, last, language, sender),
		sms: inTwoParts(withoutAccents(oneLine(`${sender.name}: ${sms}`))),
		secret: blocks.some(({ kind }) => kind === 'code')
	};
}

function asText(block: Block, origin: string): string {
	switch (block.kind) {
		case 'text':
			return block.text;
		case 'code':
			return `    ${block.code}`;
		case 'link':
			return `${block.label}: ${origin}${block.path}`;
	}
}

const signs: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;'
};
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => signs[sign] ?? '');

// Styles stand in the tags: mail programs drop a sheet of their own.
const font = "font-family:'Be Vietnam Pro',Arial,sans-serif;color:#1c2321";

function blockHtml(block: Block, origin: string): string {
	switch (block.kind) {
		case 'text':
			return `<p style="margin:0 0 16px">${escapeHtml(block.text).replaceAll('\n', '<br>')}</p>`;
		case 'code':
			return `<p style="margin:0 0 16px;font-size:28px;font-weight:700;letter-spacing:4px">${escapeHtml(block.code)}</p>`;
		case 'link':
			return `<p style="margin:0 0 16px"><a href="${escapeHtml(origin + block.path)}" style="display:inline-block;padding:14px 20px;border-radius:10px;background:#0d6b4f;color:#ffffff;text-decoration:none;font-weight:600">${escapeHtml(block.label)}</a></p>`;
	}
}

const asHtml = (
	subject: string,
	blocks: readonly Block[],
	last: string,
	language: Language,
	sender: Sender
): string =>
	`<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(subject)}</title></head>
<body style="margin:0;padding:24px;background:#f6f5f1;${font}">
<div style="max-width:520px;margin:0 auto;padding:24px;background:#ffffff;border-radius:14px;font-size:16px;line-height:1.5">
<p style="margin:0 0 20px;font-weight:700">${escapeHtml(sender.name)}</p>
${blocks.map((block) => blockHtml(block, sender.origin)).join('\n')}
<p style="margin:24px 0 0;font-size:13px;color:#5c6662">${escapeHtml(last)}</p>
</div>
</body>
</html>
`;

/** With accents one SMS holds 70 signs instead of 160, and some old phones show squares. */
const withoutAccents = (text: string): string =>
	text
		.normalize('NFD')
		.replace(/[\u0300-\u036f]/g, '')
		.replaceAll('đ', 'd')
		.replaceAll('Đ', 'D');

/** Two parts of 153 signs: each more is paid for, and what matters stands at the beginning. */
const inTwoParts = (text: string): string => (text.length <= 306 ? text : `${text.slice(0, 303)}...`);
