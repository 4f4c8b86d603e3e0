import { defineCommand } from 'citty';
import provinces from '$lib/domain/ids/data/province-codes-2016.json' with { type: 'json' };
import { checkId, idKinds, type IdNote, type IdReason } from '$lib/domain/ids/check.ts';
import { CommandRefused, explained, say } from './with-database.ts';

const reasons: Readonly<Record<IdReason, string>> = {
	empty: 'chưa có số nào',
	not_digits: 'có ký tự không phải chữ số',
	wrong_length: 'không đủ hoặc thừa chữ số',
	wrong_shape: 'không đúng dạng của loại số này',
	wrong_check_digit: 'chữ số kiểm tra không khớp, có thể gõ nhầm một chữ số',
	never_issued: 'dãy số này không bao giờ được cấp',
	wrong_branch: 'số chi nhánh phải từ 001 đến 999',
	wrong_prefix: 'đầu số này không có ở Việt Nam',
	only_on_import: 'dạng cũ đã hết giá trị, chỉ nhận khi nhập dữ liệu cũ (--import)'
};
const notes: Readonly<Record<IdNote, string>> = {
	unknown_province: 'mã tỉnh không có trong danh mục 2016, cần nhìn lại',
	old_form: 'dạng cũ',
	unknown_shape: 'khác dạng thường gặp, vẫn nhận nguyên văn'
};

const check = defineCommand({
	meta: { name: 'check', description: 'Số này có hợp lệ không, và vì sao' },
	args: {
		kind: { type: 'positional', required: true, description: idKinds.join(', ') },
		value: { type: 'positional', required: true, description: 'Số cần xem' },
		import: { type: 'boolean', default: false, description: 'Nhận cả dạng cũ (CMND 9 số)' }
	},
	run: explained((args) => {
		const kind = idKinds.find((known) => known === args.kind);
		if (!kind) throw new CommandRefused(`Không có loại số "${args.kind}". Có: ${idKinds.join(', ')}`);
		const checked = checkId(kind, args.value, {
			provinces: Object.keys(provinces.codes),
			onImport: args.import
		});
		if (!checked.ok) throw new CommandRefused(`không hợp lệ: ${reasons[checked.reason]} (${checked.reason})`);
		const { normal, notes: said } = checked.value;
		say(`hợp lệ: ${normal}${said.map((note) => `; ${notes[note]} (${note})`).join('')}`);
	})
});

export const id = defineCommand({
	meta: { name: 'id', description: 'Mã số thuế, số định danh, điện thoại, mã vạch' },
	subCommands: { check }
});
