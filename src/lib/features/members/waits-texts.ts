import { defineTexts } from '$lib/i18n/texts.ts';

export const waitsTexts = defineTexts({
	vi: { today: 'Hôm nay', day: 'Từ hôm qua', days: (n: string) => `Đã chờ ${n} ngày` },
	en: { today: 'Today', day: 'Since yesterday', days: (n) => `Waiting for ${n} days` }
});
