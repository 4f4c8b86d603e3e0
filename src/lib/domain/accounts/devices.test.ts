import { expect, test } from 'vitest';
import { maskContact } from './contacts.ts';
import { deviceName } from './devices.ts';

test('a device is named by the browser and system its owner knows, and by nothing finer', () => {
	const names = {
		'Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36':
			'Chrome · Android',
		'Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/26.0 Chrome/122.0.0.0 Mobile Safari/537.36':
			'Samsung Internet · Android',
		'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1':
			'Safari · iPhone',
		'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) coc_coc_browser/126.0 Chrome/120.0.0.0 Safari/537.36':
			'Cốc Cốc · Windows',
		'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0':
			'Edge · Windows',
		'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0': 'Firefox · Linux',
		'curl/8.5.0': '',
		'': ''
	};
	for (const [agent, name] of Object.entries(names)) expect(deviceName(agent)).toBe(name);
});

test('TG-16.2: a masked contact is known to its owner and tells nobody else', () => {
	expect(maskContact('0912345678')).toBe('09•• ••• 678');
	expect(maskContact('lan.tran@x.example')).toBe('l•••@x.example');
});
