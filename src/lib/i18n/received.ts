import { defineTexts } from './texts.ts';

/** Words about a command on its way that several screens say (sync 2). */
export const receivedTexts = defineTexts({
	vi: {
		notTaken: 'Sàn chưa nhận được việc này',
		tried: (times: number) => `đã thử ${times} lần`,
		code: (receipt: string) => `mã nhận ${receipt}`
	},
	en: {
		notTaken: 'The exchange has not taken this yet',
		tried: (times) => `tried ${times} times`,
		code: (receipt) => `receipt ${receipt}`
	}
});
