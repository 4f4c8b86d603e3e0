import { defineTexts } from '$lib/i18n/texts.ts';

export const aboutTexts = defineTexts({
	vi: {
		title: 'Về sàn',
		lead: (site: string) =>
			`${site} là nơi người trồng, người làm ra hàng trong tỉnh giới thiệu và bán hàng của mình cho người mua ở khắp nơi.`,
		runTitle: 'Ai quản lý, vận hành',
		reviewTitle: 'Duyệt tin thế nào',
		reviewBody: (days: number) =>
			`Tin chỉ hiện ra sau khi cán bộ của sở phụ trách xem và duyệt. Sở trả lời trong ${days} ngày làm việc kể từ khi nhận; quá hạn thì hệ thống tự ghi cho cán bộ và đơn vị. Trên mỗi tin đều ghi sở nào duyệt và ngày duyệt.`,
		whoTitle: 'Sở nào phụ trách ngành hàng nào',
		sector: 'Ngành hàng',
		agency: 'Cơ quan',
		moneyTitle: 'Trả tiền, giao hàng',
		moneyBody:
			'Sàn không thu tiền và không có cổng thanh toán. Người mua và người bán tự thỏa thuận cách trả tiền, giao hàng và chịu trách nhiệm về giao dịch của mình.',
		complainTitle: 'Khi có điều chưa vừa ý',
		complainBody:
			'Trước hết xin gọi người bán theo số ghi trên tin. Nếu chưa giải quyết được, xin liên hệ Ban quản lý sàn theo địa chỉ dưới đây; việc vượt thẩm quyền được chuyển đến cơ quan nhà nước có trách nhiệm.',
		rankingTitle: 'Hàng xếp theo thứ tự nào',
		rankingBody:
			'Hàng được duyệt gần đây đứng trước. Khi tìm, hàng có tên đúng như từ cần tìm đứng trước, rồi cũng theo ngày duyệt. Không ai trả tiền để được xếp cao hơn.',
		contactTitle: 'Liên hệ',
		focalPoints: 'Danh bạ đầy đủ: đầu mối và nhiệm vụ của từng cơ quan',
		agenciesTitle: 'Các cơ quan tham gia',
		address: 'Địa chỉ',
		phone: 'Điện thoại'
	},
	en: {
		title: 'About the exchange',
		lead: (site) =>
			`${site} is where growers and makers of the province show their goods and sell them to buyers everywhere.`,
		runTitle: 'Who manages and runs it',
		reviewTitle: 'How listings are reviewed',
		reviewBody: (days) =>
			`A listing appears only after an officer of the department in charge has looked at it and approved it. The department answers within ${days} working days of receiving it; when it is late, the system records that against the officer and the unit by itself. Every listing says who approved it and when.`,
		whoTitle: 'Which department looks after what',
		sector: 'Sector',
		agency: 'Agency',
		moneyTitle: 'Payment and delivery',
		moneyBody:
			'The exchange takes no money and has no payment gateway. Buyer and seller agree on payment and delivery and are responsible for their deal.',
		complainTitle: 'When something is wrong',
		complainBody:
			'Please call the seller first, at the number on the listing. If that does not help, contact the Board of the exchange at the address below; what is beyond its power is passed to the state body in charge.',
		rankingTitle: 'In which order goods are shown',
		rankingBody:
			'Recently approved goods come first. In a search, goods named with your very words come first, then again by day of approval. Nobody pays to be shown higher.',
		contactTitle: 'Contact',
		focalPoints: 'Every agency with its focal point and duties',
		agenciesTitle: 'Agencies taking part',
		address: 'Address',
		phone: 'Phone'
	}
});
