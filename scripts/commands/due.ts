import { defineCommand } from 'citty';
import { z } from 'zod';
import { countWorkingDays, type CountedTerm } from '$lib/domain/calendar/working-days.ts';
import { loadPack, packIds } from '$lib/server/rulepacks/load.ts';
import { CommandRefused, configuration, explained, say } from './with-database.ts';

const instant = z.iso.datetime({ offset: true });

export const due = defineCommand({
	meta: {
		name: 'due',
		description: 'Tính hạn theo ngày làm việc: ngày được tính, ngày cuối, thời điểm quá hạn'
	},
	args: {
		from: { type: 'string', required: true, description: 'Thời điểm nhận, ISO 8601 có múi giờ' },
		'working-days': { type: 'string', default: '3', description: 'Số ngày làm việc' },
		pack: { type: 'string', description: 'Bộ quy tắc (mặc định: SAN_PACK)' }
	},
	run: explained((args) => {
		if (!instant.safeParse(args.from).success)
			throw new CommandRefused(
				`--from cần thời điểm có múi giờ, ví dụ 2026-11-20T15:00:00+07:00, không phải "${args.from}"`
			);
		const workingDays = Number(args['working-days']);
		if (!Number.isInteger(workingDays) || workingDays < 1 || workingDays > 366)
			throw new CommandRefused(
				`--working-days cần một số nguyên từ 1 đến 366, không phải "${args['working-days']}"`
			);
		const packId = args.pack ?? configuration().pack;
		if (!packIds.includes(packId))
			throw new CommandRefused(`Không có bộ quy tắc "${packId}". Có: ${packIds.join(', ')}`);
		const { calendar } = loadPack(packId);
		for (const line of describeTerm(args.from, countWorkingDays({ from: args.from, workingDays, calendar })))
			say(line);
	})
});

const weekdays = ['Chủ nhật', 'Thứ Hai', 'Thứ Ba', 'Thứ Tư', 'Thứ Năm', 'Thứ Sáu', 'Thứ Bảy'];
const inVietnam = (at: string): string => {
	const text = new Date(Date.parse(at) + 7 * 3_600_000).toISOString();
	return `${text.slice(0, 10)} ${text.slice(11, 19)} (giờ Việt Nam)`;
};
const named = (day: string): string => `${day} ${weekdays[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? ''}`;

/** The term as lines for a terminal: everything needed to check it by hand. */
export function describeTerm(from: string, term: CountedTerm): string[] {
	return [
		`nhận:        ${inVietnam(from)}, ngày nhận không tính`,
		...term.counted.map((day, index) => `ngày ${String(index + 1).padEnd(2)}      ${named(day)}`),
		`ngày cuối:   ${named(term.lastDay)}, hết ngày (24:00)`,
		`quá hạn từ:  ${term.overdueFrom} = ${inVietnam(term.overdueFrom)}`,
		...(term.skipped.length === 0 ? ['không bỏ ngày nào'] : []),
		...term.skipped.map(
			({ day, reason }) => `bỏ qua:      ${named(day)}${named(day).endsWith(reason) ? '' : `: ${reason}`}`
		),
		...(term.provisional ? ['tạm tính: lịch chưa có ngày nghỉ của năm này, hạn có thể đổi'] : [])
	];
}
