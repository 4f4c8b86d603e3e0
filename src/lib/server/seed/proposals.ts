import type { ProposalTopic } from '$lib/domain/proposals/schema.ts';
import { actorOf } from '$lib/server/accounts/members.ts';
import { transaction } from '$lib/server/db/pool.ts';
import { answerProposal, carryOutProposal } from '$lib/server/proposals/service.ts';
import { at, daysBefore } from './clock.ts';
import { people, stableId, type Person } from './people.ts';
import type { Stage } from './stage.ts';

type Told = { readonly days: number; readonly words: string };
type DemoProposal = {
	readonly by: Person;
	readonly topic: ProposalTopic;
	readonly days: number;
	readonly text: string;
	readonly accepted?: Told;
	readonly done?: Told;
};

const proposals: readonly DemoProposal[] = [
	{
		by: people.chilan,
		topic: 'feature',
		days: 40,
		text: 'Mỗi lần đặt hàng phải ghi lại tên, số điện thoại, địa chỉ. Xin lấy sẵn cho đỡ mất công.',
		accepted: { days: 37, words: 'Nhiều người cũng hỏi như vậy. Sàn sẽ lấy sẵn từ trang cá nhân.' },
		done: { days: 12, words: 'Đơn đặt hàng nay có sẵn những gì ghi trong trang cá nhân, muốn thì sửa.' }
	},
	{
		by: people.chuba,
		topic: 'list',
		days: 9,
		text: 'Sầu riêng, xoài, bưởi chung một mục Trái cây, người mua tìm lâu. Xin chia nhỏ ra.',
		accepted: { days: 6, words: 'Sẽ chia trong lần sửa danh mục tới, sau khi hỏi các sở.' }
	},
	{
		by: people.chuba,
		topic: 'feature',
		days: 3,
		text: 'Thêm nút in tem cho từng lô, có mã để người mua quét coi vườn nào.'
	}
];

/** TG-3.4a: proposals that wait, that were accepted and that are done, so that neither side of the box is empty. */
export async function seedProposals(stage: Stage, now: string): Promise<void> {
	const { db } = stage;
	const answerer = await transaction(db, people.quantri.id, (tx) => actorOf(tx, people.quantri.id, now));
	for (const { by, topic, days, text, accepted, done } of proposals) {
		const id = stableId(`proposal:${text}`);
		const when = (ago: number, hour: number) => at(daysBefore(now, ago), hour);
		await stage.act(by, {
			when: when(days, 19),
			name: 'proposal.send',
			input: { proposalId: id, topic, text }
		});
		const steps = [
			accepted &&
				(await answerProposal(
					db,
					answerer,
					{ id, outcome: 'accepted', answer: accepted.words },
					when(accepted.days, 9)
				)),
			done && (await carryOutProposal(db, answerer, { id, words: done.words }, when(done.days, 10)))
		];
		for (const step of steps)
			if (step?.ok === false) throw new Error(`${text}: ${JSON.stringify(step.refusal)}`);
	}
}
