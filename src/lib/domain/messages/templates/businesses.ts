import { z } from 'zod';
import { line, link, template, text } from '../template.ts';

/** `sectors`: names of those that need the paper, '' = none does. `day` as it is written in a letter. */
const paper = { paper: line(200), business: line(120), day: line(10), sectors: line(400) };
const page = '/app/me/business';

/** `goods`: titles of those that state it. `hides` = some of them may not be sold without it. */
const certificate = {
	certificate: line(200),
	number: line(60),
	day: line(10),
	goods: line(400),
	hides: z.boolean()
};
const listings = '/app/sell/listings';
const named = (name: string, number: string): string => (number === '' ? name : `${name} ${number}`);

/** TG-12, TG-6.3: what a business is told about its papers and the certificates of its goods. */
export const businessTemplates = {
	paper_expiring: template(z.strictObject({ ...paper, days: z.int().min(0).max(400) }), {
		vi: (p) => ({
			subject: `${p.paper} hết hạn ngày ${p.day}`,
			blocks: [
				text(
					`${p.paper} của “${p.business}” ${p.days === 0 ? 'hết hạn hôm nay' : `còn ${p.days} ngày nữa là hết hạn`}, ngày cuối cùng là ${p.day}.`
				),
				text(
					p.sectors === ''
						? 'Giấy này không bắt buộc: hàng của bạn vẫn bán, chỉ không còn được nêu giấy này.'
						: `Sau ngày đó hàng thuộc ngành ${p.sectors} tạm ẩn, cho đến khi sở xác nhận giấy mới.`
				),
				text('Có giấy mới, hãy chụp lại và gửi ngay: sở trả lời trong 3 ngày làm việc.'),
				link('Gửi giấy mới', page)
			],
			sms: `${p.paper} hết hạn ngày ${p.day}. Hãy gửi giấy mới ở mục Đăng ký doanh nghiệp.`
		}),
		en: (p) => ({
			subject: `${p.paper} runs out on ${p.day}`,
			blocks: [
				text(
					`${p.paper} of “${p.business}” ${p.days === 0 ? 'runs out today' : `runs out in ${p.days} days`}; its last day is ${p.day}.`
				),
				text(
					p.sectors === ''
						? 'This paper is not required: your goods stay for sale, only without it.'
						: `After that day goods of ${p.sectors} are hidden until a new paper is confirmed.`
				),
				text('When you have the new one, photograph and send it: the department answers in 3 working days.'),
				link('Send the new paper', page)
			],
			sms: `${p.paper} runs out on ${p.day}. Send the new one under Register your business.`
		})
	}),

	paper_expired: template(z.strictObject(paper), {
		vi: (p) => ({
			subject: `${p.paper} đã hết hạn ngày ${p.day}`,
			blocks: [
				text(`${p.paper} của “${p.business}” đã hết hạn, ngày cuối cùng là ${p.day}.`),
				text(
					p.sectors === ''
						? 'Giấy này không bắt buộc: hàng của bạn vẫn bán, chỉ không còn được nêu giấy này.'
						: `Hàng thuộc ngành ${p.sectors} đã tạm ẩn. Đơn đang có vẫn giao như thường.`
				),
				text('Gửi giấy mới: sở xác nhận xong, hàng hiện lại ngay, không cần đăng lại.'),
				link('Gửi giấy mới', page)
			],
			sms: `${p.paper} đã hết hạn ngày ${p.day}${p.sectors === '' ? '' : ', hàng liên quan tạm ẩn'}. Gửi giấy mới ở mục Đăng ký doanh nghiệp.`
		}),
		en: (p) => ({
			subject: `${p.paper} ran out on ${p.day}`,
			blocks: [
				text(`${p.paper} of “${p.business}” has run out; its last day was ${p.day}.`),
				text(
					p.sectors === ''
						? 'This paper is not required: your goods stay for sale, only without it.'
						: `Goods of ${p.sectors} are hidden. Running orders go on as usual.`
				),
				text('Send the new paper: once it is confirmed the goods are back at once, as they were.'),
				link('Send the new paper', page)
			],
			sms: `${p.paper} ran out on ${p.day}${p.sectors === '' ? '' : ', its goods are hidden'}. Send the new one under Register your business.`
		})
	}),

	certificate_expiring: template(z.strictObject({ ...certificate, days: z.int().min(0).max(400) }), {
		vi: (p) => ({
			subject: `${p.certificate} hết hạn ngày ${p.day}`,
			blocks: [
				text(
					`${named(p.certificate, p.number)} nêu ở ${p.goods} ${p.days === 0 ? 'hết hạn hôm nay' : `còn ${p.days} ngày nữa là hết hạn`}, ngày cuối cùng là ${p.day}.`
				),
				text(
					p.hides
						? 'Ngành hàng này bắt buộc có giấy đó: sau ngày ấy hàng tạm ẩn cho đến khi có giấy còn hạn.'
						: 'Giấy này không bắt buộc: hàng vẫn bán, chỉ không còn được nêu giấy này.'
				),
				text('Có giấy mới, hãy sửa phần Giấy chứng nhận của tin và gửi duyệt lại.'),
				link('Mở tin bán', listings)
			],
			sms: `${p.certificate} của hàng hết hạn ngày ${p.day}. Hãy sửa phần Giấy chứng nhận của tin.`
		}),
		en: (p) => ({
			subject: `${p.certificate} runs out on ${p.day}`,
			blocks: [
				text(
					`${named(p.certificate, p.number)}, stated for ${p.goods}, ${p.days === 0 ? 'runs out today' : `runs out in ${p.days} days`}; its last day is ${p.day}.`
				),
				text(
					p.hides
						? 'These goods may not be sold without it: after that day they are hidden until there is one in force.'
						: 'It is not required: the goods stay for sale, only without it.'
				),
				text(
					'When you have the new one, correct the certificates of the listing and send it for review again.'
				),
				link('Open your listings', listings)
			],
			sms: `${p.certificate} of your goods runs out on ${p.day}. Correct the certificates of the listing.`
		})
	}),

	certificate_expired: template(z.strictObject(certificate), {
		vi: (p) => ({
			subject: `${p.certificate} đã hết hạn ngày ${p.day}`,
			blocks: [
				text(`${named(p.certificate, p.number)} nêu ở ${p.goods} đã hết hạn, ngày cuối cùng là ${p.day}.`),
				text(
					p.hides
						? 'Ngành hàng này bắt buộc có giấy đó nên hàng đã tạm ẩn. Đơn đang có vẫn giao như thường.'
						: 'Giấy này không bắt buộc: hàng vẫn bán, chỉ không còn được nêu giấy này.'
				),
				text('Có giấy mới, hãy sửa phần Giấy chứng nhận của tin và gửi duyệt lại.'),
				link('Mở tin bán', listings)
			],
			sms: `${p.certificate} của hàng đã hết hạn ngày ${p.day}${p.hides ? ', hàng tạm ẩn' : ''}. Hãy sửa phần Giấy chứng nhận của tin.`
		}),
		en: (p) => ({
			subject: `${p.certificate} ran out on ${p.day}`,
			blocks: [
				text(
					`${named(p.certificate, p.number)}, stated for ${p.goods}, has run out; its last day was ${p.day}.`
				),
				text(
					p.hides
						? 'These goods may not be sold without it, so they are hidden. Running orders go on as usual.'
						: 'It is not required: the goods stay for sale, only without it.'
				),
				text(
					'When you have the new one, correct the certificates of the listing and send it for review again.'
				),
				link('Open your listings', listings)
			],
			sms: `${p.certificate} of your goods ran out on ${p.day}${p.hides ? ', the goods are hidden' : ''}. Correct the certificates of the listing.`
		})
	})
};
