import { plainPassword } from '$lib/domain/accounts/passwords.ts';

/** What is tried first, here and everywhere; plain forms, and each also with a number behind it. */
const words = `
123456789 1234567890 0123456789 12345678910 987654321 9876543210 1234512345 123123123 111222333 1122334455 123456123456
1qaz2wsx 1qaz2wsx3edc zaq12wsx qwertyuiop qwerty qwerty123456 asdfghjkl zxcvbnm qazwsxedc 1q2w3e4r 1q2w3e4r5t q1w2e3r4t5
abcdefgh abcdefghij abcd1234 abc123456 a123456789 aa123456 aaa111222 abc abcd asdf
password passw0rd p@ssword p@ssw0rd password1 iloveyou sunshine princess welcome letmein football baseball monkey dragon
superman batman master administrator admin root guest user login default changeme secret
matkhau matkhaumoi matkhaudai matkhau1 mật khẩu mậtkhẩu dangnhap taikhoan quantri nguoiban nguoimua khachhang
vietnam việtnam vietnamvodich hanoi saigon tphcm hochiminh tiengiang mytho dongthap cantho bacho yeunuocvietnam
anhyeuem emyeuanh yeuem yeuanh yeuemnhieu anhnhoem iloveu maiyeuem mayman hanhphuc giadinh concung mekhong
nguyenvana nguyenvan nguyenthi tranvan tranthi minhanh tuananh anhtuan hoanganh khongbiet khongnho
santinh sangiaodich sangiaodichdientu giaodich thuongmai saurieng xoaicat traicay lucky888 phatloc phattai
`;

export const commonPasswords: ReadonlySet<string> = new Set(words.trim().split(/\s+/).map(plainPassword));
