import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkPdf, isPdf } from './pdf.ts';
import { hostilePdfs, pagesOf, paperPdf, pdfOf, streamOf } from './testing/pdfs.ts';

describe('TG-6.3 a PDF of a paper', () => {
	test.each([
		['plain', paperPdf(), 1],
		['opened at its first page, as word processors write it', paperPdf('/OpenAction [3 0 R /Fit]'), 1],
		['with a link in it', paperPdf('', ['<< /A << /S /URI /URI (https://dichvucong.gov.vn) >> >>']), 1],
		['of thirty pages', pdfOf(['<< /Type /Catalog /Pages 2 0 R >>', ...pagesOf(30)]), 30],
		[
			'with its pages among packed objects',
			pdfOf([
				'<< /Type /Catalog /Pages 2 0 R >>',
				streamOf('/Type /ObjStm /N 2 /First 9', '2 0 3 40 << /Type /Page >> << /Type /Page >>')
			]),
			2
		],
		[
			'with a scan in it, whatever its bytes',
			paperPdf('', [
				`<< /Type /XObject /Length 400000 >>\nstream\n${randomBytes(400_000).toString('latin1').replaceAll('endstream', '')}\nendstream`
			]),
			1
		]
	])('TG-6.3 is taken: %s', (_what, bytes, pages) => {
		expect(isPdf(bytes)).toBe(true);
		expect(checkPdf(bytes)).toMatchObject({ ok: true, value: { pages, bytes: bytes.byteLength } });
	});

	test.each(Object.entries(hostilePdfs))('TG-6.3 is refused with %s', (_what, [bytes, code]) => {
		expect(checkPdf(bytes)).toEqual({ ok: false, refusal: { code } });
	});

	test('TG-6.3 cut anywhere, or with any bytes behind its name, it is an answer and never a fault', () => {
		const whole = paperPdf('', [streamOf('/Type /ObjStm /N 1 /First 5', '4 0  << /Type /Page >>')]);
		fc.assert(
			fc.property(fc.integer({ min: 5, max: whole.length - 8 }), (length) => {
				expect(checkPdf(whole.subarray(0, length))).toMatchObject({ refusal: { code: 'pdf_unusable' } });
			})
		);
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (noise, ends) => {
				const end = ends ? '\nstartxref\n9\n%%EOF\n' : '';
				const bytes = Buffer.concat([Buffer.from('%PDF-1.7\n'), noise, Buffer.from(end)]);
				expect(checkPdf(bytes).ok).toBe(false);
			})
		);
	});
});
