import { deflateSync } from 'node:zlib';

const objectsOf = (objects: readonly string[]): string =>
	objects.map((body, at) => `${at + 1} 0 obj\n${body}\nendobj\n`).join('');

/** A PDF of these objects, the first of them its catalogue. */
export function pdfOf(objects: readonly string[], trailer = ''): Buffer {
	const head = `%PDF-1.7\n%\xe2\xe3\xcf\xd3\n${objectsOf(objects)}`;
	const end = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${head.length}\n%%EOF\n`;
	return Buffer.from(`${head}xref\n0 1\n0000000000 65535 f \n${end}`, 'latin1');
}

export const pagesOf = (count: number): string[] => [
	`<< /Type /Pages /Kids [] /Count ${count} >>`,
	...Array.from({ length: count }, () => '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>')
];

/** A paper of one page. `catalogue` = what else stands in its first object. */
export const paperPdf = (catalogue = '', more: readonly string[] = [], trailer = ''): Buffer =>
	pdfOf([`<< /Type /Catalog /Pages 2 0 R ${catalogue} >>`, ...pagesOf(1), ...more], trailer);

/** A stream as an object, compressed. */
export const streamOf = (dictionary: string, plain: string): string => {
	const data = deflateSync(Buffer.from(plain, 'latin1')).toString('latin1');
	return `<< ${dictionary} /Filter /FlateDecode /Length ${data.length} >>\nstream\n${data}\nendstream`;
};

const script = '<< /S /JavaScript /JS (app.alert(1)) >>';

/** What no department gets, by what is wrong with it, and the refusal. */
export const hostilePdfs: Readonly<Record<string, readonly [Buffer, string]>> = {
	'a password': [paperPdf('', [], '/Encrypt 9 0 R'), 'pdf_locked'],
	'a script that runs when it is opened': [paperPdf('/OpenAction 4 0 R', [script]), 'pdf_active'],
	'a script with an escaped name': [paperPdf('', ['<< /S /J#61vaScript /#4aS (x) >>']), 'pdf_active'],
	'a script among packed objects': [
		paperPdf('', [streamOf('/Type /ObjStm /N 1 /First 5', `4 0  ${script}`)]),
		'pdf_active'
	],
	'a script inside the data of another stream': [
		paperPdf('', [`<< /Length 60 >>\nstream\n9 0 obj ${script} endobj\nendstream`]),
		'pdf_active'
	],
	'an action on a page': [paperPdf('/AA << /O 5 0 R >>'), 'pdf_active'],
	'a program to start': [paperPdf('', ['<< /S /Launch /F (cmd.exe) >>']), 'pdf_active'],
	'a file inside': [paperPdf('', [streamOf('/Type /EmbeddedFile', 'MZ')]), 'pdf_active'],
	'a form with scripts': [paperPdf('/AcroForm << /XFA 5 0 R >>'), 'pdf_active'],
	'its end cut off': [paperPdf().subarray(0, -40), 'pdf_unusable'],
	'a stream without an end': [
		Buffer.concat([Buffer.from('%PDF-1.4\nstream\n'), paperPdf().subarray(9)]),
		'pdf_unusable'
	],
	'objects packed in an unusual way': [
		paperPdf('', ['<< /Type /ObjStm /N 1 /First 5 /Filter /LZWDecode >>\nstream\nabc\nendstream']),
		'pdf_unusable'
	],
	'objects that unpack without end': [
		paperPdf('', [streamOf('/Type /ObjStm /N 1 /First 5', ' '.repeat(60 * 1024 * 1024))]),
		'pdf_unusable'
	],
	'no page at all': [pdfOf(['<< /Type /Catalog >>']), 'pdf_unusable'],
	'thirty-one pages': [pdfOf(['<< /Type /Catalog /Pages 2 0 R >>', ...pagesOf(31)]), 'pdf_unusable'],
	'nothing but its name': [Buffer.from('%PDF-1.7\n'), 'pdf_unusable'],
	'a page of a website behind its name': [
		Buffer.from('%PDF-1.7\n<html><script>alert(1)</script></html>'),
		'pdf_unusable'
	]
};
