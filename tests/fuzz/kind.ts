/** What kind of failure a line of the verdict tells of: the same, whoever's listing it was and whatever was typed. */
export const kindOf = (line: string): string =>
	(line.split('\n')[0] ?? '').replace(/"[^"]*"/g, '…').replace(/\b(?=\w*\d)[\w-]+/g, '#');
