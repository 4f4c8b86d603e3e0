import { receiptLookup } from '$lib/domain/receipts/schema.ts';
import { guarded, router } from '$lib/server/trpc/init.ts';
import { lookUpReceipt } from './service.ts';

/** The codes members read out of what the exchange has received. */
export const receiptsRouter = router({
	/** A mutation: who looked for which code is written into the record. */
	lookUp: guarded('receipt.look-up')
		.input(receiptLookup)
		.mutation(({ ctx, input }) => lookUpReceipt(ctx.db, ctx.actor, input.code, ctx.now()))
});
