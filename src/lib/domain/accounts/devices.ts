const browsers: readonly (readonly [RegExp, string])[] = [
	[/coc_coc_browser/i, 'Cốc Cốc'],
	[/Zalo/i, 'Zalo'],
	[/FBAN|FBAV/, 'Facebook'],
	[/SamsungBrowser/, 'Samsung Internet'],
	[/OPR\/|Opera/, 'Opera'],
	[/Edg(?:e|A|iOS)?\//, 'Edge'],
	[/Firefox|FxiOS/, 'Firefox'],
	[/Chrome|CriOS|Chromium/, 'Chrome'],
	[/Safari/, 'Safari']
];
const systems: readonly (readonly [RegExp, string])[] = [
	[/Android/, 'Android'],
	[/iPhone/, 'iPhone'],
	[/iPad/, 'iPad'],
	[/Windows/, 'Windows'],
	[/CrOS/, 'ChromeOS'],
	[/Mac OS X|Macintosh/, 'Mac'],
	[/Linux/, 'Linux']
];

/** The kind of device as its owner knows it, "Chrome · Android"; '' when it says nothing known. Never more than that. */
export function deviceName(userAgent: string): string {
	const found = [browsers, systems].map((list) => list.find(([pattern]) => pattern.test(userAgent))?.[1]);
	return found.filter((name) => name !== undefined).join(' · ');
}
