import { defineTexts } from '$lib/i18n/texts.ts';

export const shareTexts = defineTexts({
	vi: {
		title: 'Tin mới từ hình được chia sẻ',
		back: 'Hôm nay',
		opening: 'Đang mở hình',
		words: (count: number) => `${count} hình đang ở trên máy này, chưa gửi đi đâu.`,
		picture: (n: number) => `Hình ${n}`,
		remove: (n: number) => `Bỏ hình ${n}`,
		make: 'Tạo tin mới với các hình này',
		orAdd: 'Hoặc thêm vào tin đang viết',
		untitled: 'Tin chưa có tên',
		photosHave: (count: number, room: number) => `đang có ${count} hình, thêm được ${room}`,
		some: (room: number, left: number) =>
			`Một tin có nhiều nhất 8 hình: ${room} hình đầu vào tin, ${left} hình còn lại ở đây.`,
		drop: 'Bỏ các hình này',
		working: 'Đang thêm hình',
		none: 'Không nhận được hình nào',
		noneWords:
			'Thứ vừa chia sẻ không phải là hình. Mở thư viện ảnh, chọn hình rồi bấm Chia sẻ, chọn Sàn Tỉnh.',
		empty: 'Không có hình nào đang chờ',
		emptyWords: 'Trong thư viện ảnh, chọn hình rồi bấm Chia sẻ, chọn Sàn Tỉnh.',
		tooMany: 'Nhiều hình quá nên chỉ giữ 24 hình đầu.',
		full: 'Máy hết chỗ, chưa giữ được hình',
		fullWords: 'Hình gốc vẫn còn trong thư viện. Xóa bớt hình, phim trong máy rồi chia sẻ lại.',
		signIn: 'Đăng nhập',
		signInWords: 'Đăng nhập để đăng tin với các hình này. Hình vẫn nằm trên máy.',
		notSeller: 'Tài khoản này không đăng tin bán.',
		notSellerWords: 'Đăng nhập bằng tài khoản người bán. Hình vẫn nằm trên máy.',
		failed: 'Chưa thêm được hết hình. Hình chưa thêm vẫn ở đây, bấm lại để thử.'
	},
	en: {
		title: 'New listing from shared photos',
		back: 'Today',
		opening: 'Opening the photos',
		words: (count) =>
			count === 1
				? '1 photo is on this device, sent nowhere yet.'
				: `${count} photos are on this device, sent nowhere yet.`,
		picture: (n) => `Photo ${n}`,
		remove: (n) => `Remove photo ${n}`,
		make: 'Make a new listing with them',
		orAdd: 'Or add them to a listing you are writing',
		untitled: 'Listing without a name',
		photosHave: (count, room) => `has ${count} photos, room for ${room} more`,
		some: (room, left) => `A listing takes 8 photos: the first ${room} go in, ${left} stay here.`,
		drop: 'Drop these photos',
		working: 'Adding the photos',
		none: 'No photo arrived',
		noneWords:
			'What was shared is no picture. Choose photos in your gallery, press Share and choose Sàn Tỉnh.',
		empty: 'No photos are waiting',
		emptyWords: 'Choose photos in your gallery, press Share and choose Sàn Tỉnh.',
		tooMany: 'Too many photos, so the first 24 are kept.',
		full: 'The device is full; the photos are not kept',
		fullWords:
			'The originals are still in your gallery. Delete photos or films from the device and share again.',
		signIn: 'Sign in',
		signInWords: 'Sign in to make a listing with these photos. They stay on the device.',
		notSeller: 'This account does not sell.',
		notSellerWords: 'Sign in with a seller’s account. The photos stay on the device.',
		failed: 'Not all photos could be added. Those left are still here; press again to try.'
	}
});
