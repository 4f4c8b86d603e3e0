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
		tooMany: (most: number) =>
			`Chỉ ${most} hình được chờ ở đây cùng lúc, nên có hình chưa giữ được. Dùng hoặc bỏ bớt hình dưới đây rồi chia sẻ lại.`,
		others: (count: number) => `Còn ${count} hình chờ người đã chia sẻ đăng nhập lại trên máy này.`,
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
				? '1 photo is on this device and has not been sent anywhere.'
				: `${count} photos are on this device and have not been sent anywhere.`,
		picture: (n) => `Photo ${n}`,
		remove: (n) => `Remove photo ${n}`,
		make: 'Create a new listing with these photos',
		orAdd: 'Or add them to a listing you are working on',
		untitled: 'Listing without a name',
		photosHave: (count, room) => `${count === 1 ? '1 photo' : `${count} photos`}, room for ${room} more`,
		some: (room, left) => `A listing takes up to 8 photos: the first ${room} go in, ${left} stay here.`,
		drop: 'Discard these photos',
		working: 'Adding photos',
		none: 'No photos received',
		noneWords:
			'What you shared is not a photo. Choose photos in your gallery, press Share and choose Sàn Tỉnh.',
		empty: 'No photos are waiting',
		emptyWords: 'Choose photos in your gallery, press Share and choose Sàn Tỉnh.',
		tooMany: (most) =>
			`Only ${most} photos can wait here at a time, so some were not kept. Use or remove some below, then share again.`,
		others: (count) =>
			count === 1
				? '1 more photo waits for whoever shared it to sign in on this device again.'
				: `${count} more photos wait for whoever shared them to sign in on this device again.`,
		full: 'The device is full, so the photos were not kept',
		fullWords:
			'The originals are still in your gallery. Delete some photos or videos from the device and share again.',
		signIn: 'Sign in',
		signInWords: 'Sign in to create a listing with these photos. They stay on this device.',
		notSeller: 'This account cannot post listings.',
		notSellerWords: 'Sign in with a seller account. The photos stay on this device.',
		failed: 'Not all photos could be added. The rest are still here; press again to retry.'
	}
});
