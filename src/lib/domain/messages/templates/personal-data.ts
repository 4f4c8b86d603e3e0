import { z } from 'zod';
import { line, link, template, text } from '../template.ts';

/** Where the member reads the request and its answer: letters say neither. */
const page = '/app/me/data/requests';

const step = z.enum(['received', 'acknowledged', 'extended', 'answered']);
type Request = { step: z.output<typeof step>; code: string; day: string };

const vi = (p: Request): string =>
	({
		received: `Sàn đã nhận yêu cầu về dữ liệu cá nhân ${p.code}. Trả lời chậm nhất ngày ${p.day}`,
		acknowledged: `Sàn đang xử lý yêu cầu về dữ liệu cá nhân ${p.code}. Trả lời chậm nhất ngày ${p.day}`,
		extended: `Yêu cầu về dữ liệu cá nhân ${p.code} được gia hạn đến hết ngày ${p.day}`,
		answered: `Yêu cầu về dữ liệu cá nhân ${p.code} đã có trả lời`
	})[p.step];
const en = (p: Request): string =>
	({
		received: `The exchange has your request ${p.code} about personal data. It answers by ${p.day}`,
		acknowledged: `The exchange is working on your request ${p.code} about personal data. It answers by ${p.day}`,
		extended: `The answer to your request ${p.code} about personal data was put off to ${p.day}`,
		answered: `Your request ${p.code} about personal data was answered`
	})[p.step];

/** LAW-data-subject, LAW-data-breach: what a member is told about the own data. */
export const personalDataTemplates = {
	data_request: template(z.strictObject({ code: line(40), step, day: line(40) }), {
		vi: (p) => ({
			subject: vi(p),
			blocks: [text(`${vi(p)}.`), link('Xem yêu cầu và trả lời', page)],
			sms: `${vi(p)}. Mở mục Dữ liệu của tôi trên sàn để xem.`
		}),
		en: (p) => ({
			subject: en(p),
			blocks: [text(`${en(p)}.`), link('See the request and the answer', page)],
			sms: `${en(p)}. Open My data on the exchange.`
		})
	}),

	/** `what` and `advice` in plain words; `kinds` = which data it was. */
	data_breach: template(
		z.strictObject({
			code: line(40),
			what: line(1_000),
			kinds: line(1_000),
			advice: line(1_000),
			contact: line(400)
		}),
		{
			vi: (p) => ({
				subject: `Sự cố liên quan đến dữ liệu cá nhân của bạn (${p.code})`,
				blocks: [
					text(`Sàn xin báo: ${p.what}`),
					text(`Dữ liệu liên quan: ${p.kinds}.`),
					text(`Bạn nên làm: ${p.advice}`),
					text(`Hỏi thêm: ${p.contact}. Mã sự cố: ${p.code}.`),
					link('Mở Dữ liệu của tôi', '/app/me/data')
				],
				sms: `Sự cố ${p.code} liên quan đến dữ liệu cá nhân của bạn. Vào sàn, mục Dữ liệu của tôi, để xem và bảo vệ tài khoản.`
			}),
			en: (p) => ({
				subject: `An incident that concerns your personal data (${p.code})`,
				blocks: [
					text(`The exchange has to tell you: ${p.what}`),
					text(`Data concerned: ${p.kinds}.`),
					text(`What you should do: ${p.advice}`),
					text(`Questions: ${p.contact}. Number of the incident: ${p.code}.`),
					link('Open My data', '/app/me/data')
				],
				sms: `Incident ${p.code} concerns your personal data. Open My data on the exchange to see it and protect your account.`
			})
		}
	)
};
