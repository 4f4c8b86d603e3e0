import { defineCommand } from 'citty';
import { verifyAudit } from '$lib/server/audit/service.ts';
import type { Wrong } from '$lib/server/audit/verify.ts';
import { CommandRefused, explained, say, withKeys } from './with-database.ts';

const kinds: Readonly<Record<Wrong['kind'], string>> = {
	changed: 'một dòng, hoặc dấu của nó, đã bị sửa',
	deleted: 'một dòng đã bị xóa',
	inserted: 'một dòng được chèn vào sau khi đã niêm phong',
	gap: 'thiếu dấu niêm phong ở giữa',
	truncated: 'phần cuối đã bị cắt',
	rewritten: 'các dòng và dấu đã bị thay cùng nhau, không khớp đầu sổ đã ký',
	unsigned: 'có dấu niêm phong không do sàn ký',
	head_changed: 'tệp đầu sổ ngoài cơ sở dữ liệu đã bị sửa',
	heads_differ: 'đầu sổ trong cơ sở dữ liệu khác với tệp bên ngoài'
};

function name({ kind, auditId, seq, at }: Wrong): string {
	const where = [
		auditId !== null && `dòng ${auditId}`,
		seq !== null && `dấu số ${seq}`,
		at !== null && `đầu sổ lúc ${at}`
	].filter(Boolean);
	return `${kinds[kind]}${where.length > 0 ? ` (${where.join(', ')})` : ''}`;
}

const verify = defineCommand({
	meta: { name: 'verify', description: 'Đối chiếu toàn bộ nhật ký với các đầu sổ đã ký' },
	run: explained(() =>
		withKeys(async ({ config, db }) => {
			const found = await verifyAudit(db, config.dataDir);
			const { lines, heads, witnessed, unsealed, sealedUntil, restores, wrong } = found;
			say(`${lines} dòng đã đối chiếu, ${heads} đầu sổ, ${witnessed} trong tệp bên ngoài.`);
			say(sealedUntil === null ? 'Chưa niêm phong lần nào.' : `Niêm phong đến ${sealedUntil}.`);
			if (unsealed > 0) say(`${unsealed} dòng chưa niêm phong.`);
			for (const { toSeq, lost, at } of restores)
				say(
					`! Cơ sở dữ liệu đã được đưa về bản cũ (trước ${at}): về dấu số ${toSeq}, ${lost} dòng sau đó không còn.`
				);
			if (witnessed === 0 && heads > 0)
				say('! Không có tệp đầu sổ bên ngoài: chỉ đối chiếu được với chữ ký trong cơ sở dữ liệu.');
			if (wrong) throw new CommandRefused(`✗ Nhật ký không còn nguyên vẹn: ${name(wrong)}.`);
			say('✓ Nhật ký nguyên vẹn.');
		})
	)
});

export const audit = defineCommand({
	meta: { name: 'audit', description: 'Nhật ký không thể sửa: `audit verify`' },
	subCommands: { verify }
});
