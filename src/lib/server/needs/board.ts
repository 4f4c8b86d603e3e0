import { vietnamDay } from '$lib/domain/calendar/working-days.ts';
import { searchWords } from '$lib/domain/listings/rules.ts';
import type { PublicNeed } from '$lib/domain/needs/schema.ts';
import type { Sql } from '$lib/server/db/pool.ts';
import { transaction } from '$lib/server/db/transaction.ts';
import { publicNeedOf } from './projections.ts';
import { countBoardRows, listBoardRows } from './queries.ts';

type Asked = {
	readonly now: string;
	readonly q?: string;
	/** '' = any. */
	readonly categoryId?: string;
	readonly wardCode?: string;
	readonly page?: number;
	readonly perPage: number;
};

/** TG-3.1, TG-15.1: a page of the board for whoever asks. Only what stands in the public documents is read. */
export function listBoard(
	db: Sql,
	{ now, q = '', categoryId = '', wardCode = '', page = 1, perPage }: Asked
): Promise<{ items: PublicNeed[]; total: number }> {
	const filter = {
		day: vietnamDay(now),
		words: searchWords(q),
		categoryId: categoryId || null,
		wardCode: wardCode || null
	};
	// A need belongs to its buyer alone; what everybody reads of it is read as the exchange.
	return transaction(db, 'system:needs', async (tx) => {
		const [rows, total] = [
			await listBoardRows(tx, filter, perPage, (page - 1) * perPage),
			await countBoardRows(tx, filter)
		];
		return { items: rows.map(publicNeedOf), total };
	});
}
