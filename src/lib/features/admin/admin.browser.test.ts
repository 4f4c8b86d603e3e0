import axe from 'axe-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../../app.css';
import { calmStatus } from '$lib/sync/testing/calm-status.ts';
import type { Actor } from '$lib/domain/accounts/permissions.ts';
import { refuseGrant } from '$lib/domain/grants/rules.ts';
import AdminHome from './AdminHome.svelte';
import type { AdminApi, Done, OpenProposal, PersonOfRights, RightsChange } from './api.ts';
import PeopleView from './PeopleView.svelte';
import PersonView from './PersonView.svelte';

const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const administrator: Actor = {
	id: uuid(1),
	name: 'Huỳnh Quốc Trị',
	roles: ['administrator'],
	posts: [],
	businessId: null
};
const yen: PersonOfRights = {
	id: uuid(2),
	name: 'Đỗ Hải Yến',
	roles: ['officer', 'supervisor'],
	state: 'active',
	posts: [{ agencyId: 'Sở Công Thương', role: 'officer', from: '2026-03-01T00:00:00.000Z' }],
	openCases: 4
};
const sau: PersonOfRights = {
	...yen,
	id: uuid(3),
	name: 'Võ Văn Sáu',
	roles: ['officer', 'lead'],
	posts: [{ agencyId: 'Sở Nông nghiệp và Môi trường', role: 'lead', from: '2025-07-01T00:00:00.000Z' }]
};
const changes: RightsChange[] = [
	{
		kind: 'granted',
		role: 'supervisor',
		agencyId: null,
		reason: 'Quyết định 45/QĐ-SCT về tổ giám sát',
		at: '2026-11-20T02:00:00.000Z',
		byName: administrator.name
	}
];
const proposal: OpenProposal = {
	id: uuid(9),
	accountId: sau.id,
	accountName: sau.name,
	change: 'grant',
	reason: 'Thay người nghỉ hưu',
	proposedBy: uuid(8),
	proposedByName: 'Lý Thu Hoa',
	expiresAt: '2026-11-25T02:00:00.000Z'
};

/** The server's answers, and what was asked of it. */
class TestServer implements AdminApi {
	asked: unknown[] = [];
	reachable = true;
	answerWith: Done = { ok: true };
	open: OpenProposal[] = [];
	private async say<T>(what: unknown, answer: T): Promise<T> {
		this.asked.push(what);
		if (!this.reachable) throw new Error('no network');
		return answer;
	}
	people = (input: { name: string; agencyId: string }) =>
		this.say(['people', input], input.name === 'khongco' ? [] : input.name === '' ? [yen, sau] : [yen]);
	person = (id: string) => this.say(['person', id], id === yen.id ? { person: yen, changes } : null);
	proposals = () => this.say(['proposals'], this.open);
	giveRole = (input: unknown) => this.say(['giveRole', input], this.answerWith);
	takeRole = (input: unknown) => this.say(['takeRole', input], this.answerWith);
	givePost = (input: unknown) => this.say(['givePost', input], this.answerWith);
	endPost = (input: unknown) => this.say(['endPost', input], this.answerWith);
	propose = (input: unknown) => this.say(['propose', input], this.answerWith);
	answer = (input: unknown) => {
		this.open = [];
		return this.say(['answer', input], this.answerWith);
	};
}

const deviceOf = (actor: Actor) => ({
	actor,
	status: calmStatus,
	reference: () => ({ ready: true, current: { pack: null, wards: [] } })
});
const device = deviceOf(administrator);

async function clean(): Promise<void> {
	const { violations } = await axe.run(document.body, { rules: { region: { enabled: false } } });
	expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
	expect(document.documentElement.scrollWidth).toBe(document.documentElement.clientWidth);
}
beforeEach(() => page.viewport(320, 700));

test('TG-3.4 the home of administration shows what one’s own rights open', async () => {
	const { rerender } = await render(AdminHome, { actor: administrator });
	await expect.element(page.getByRole('link', { name: /Người và quyền/ })).toBeVisible();
	await clean();
	await rerender({ actor: { ...administrator, roles: ['operator'] } });
	await expect.element(page.getByRole('link', { name: /Thư và tin nhắn/ })).toBeVisible();
	await expect.element(page.getByRole('link', { name: /Người và quyền/ })).not.toBeInTheDocument();
	await rerender({ actor: { ...administrator, roles: ['buyer'] } });
	await expect.element(page.getByText('Mục này dành cho quản trị')).toBeVisible();
});

describe('people', () => {
	test('TG-3.4 those who work for the exchange are listed, a member is found by the whole name', async () => {
		const server = new TestServer();
		await render(PeopleView, { device, online: server });
		await expect.element(page.getByRole('link', { name: /Võ Văn Sáu/ })).toBeVisible();
		await clean();
		await page.getByRole('textbox', { name: 'Tìm một người' }).fill('khongco');
		await page.getByRole('button', { name: 'Tìm', exact: true }).click();
		await expect.element(page.getByText('Không ai dùng tên này để đăng nhập')).toBeVisible();
		await page.getByRole('button', { name: 'Xem lại danh sách' }).click();
		await expect.element(page.getByRole('link', { name: /Võ Văn Sáu/ })).toBeVisible();
		expect(server.asked).toContainEqual(['people', { name: 'khongco', agencyId: '' }]);
		await clean();
	});

	test('TG-20.1 what another administrator proposed is agreed to; a refusal says why', async () => {
		const server = new TestServer();
		server.open = [proposal];
		server.answerWith = refuseGrant('proposer_gone');
		await render(PeopleView, { device, online: server });
		await expect.element(page.getByText('Giao quyền quản trị cho Võ Văn Sáu')).toBeVisible();
		await clean();
		await page.getByRole('button', { name: 'Đồng ý', exact: true }).click();
		await expect.element(page.getByText('không còn là quản trị nên đề nghị này')).toBeVisible();
		expect(server.asked).toContainEqual(['answer', { proposalId: proposal.id, yes: true }]);
	});

	test('whoever proposed it is told that somebody else must agree, and may take it back', async () => {
		const server = new TestServer();
		server.open = [{ ...proposal, proposedBy: administrator.id }];
		await render(PeopleView, { device, online: server });
		await expect.element(page.getByText('Một quản trị khác phải đồng ý')).toBeVisible();
		await expect.element(page.getByRole('button', { name: 'Đồng ý', exact: true })).not.toBeInTheDocument();
		await page.getByRole('button', { name: 'Rút lại' }).click();
		expect(server.asked).toContainEqual(['answer', { proposalId: proposal.id, yes: false }]);
	});

	test('without an answer it says so and can be asked again', async () => {
		const server = new TestServer();
		server.reachable = false;
		await render(PeopleView, { device, online: server });
		await expect.element(page.getByText('Chưa hỏi được máy chủ')).toBeVisible();
		await clean();
		server.reachable = true;
		await page.getByRole('button', { name: 'Thử lại' }).click();
		await expect.element(page.getByRole('link', { name: /Đỗ Hải Yến/ })).toBeVisible();
	});
});

describe('one person', () => {
	test('TG-20.1 a post ends with a reason and never without', async () => {
		const server = new TestServer();
		await render(PersonView, { device, online: server, accountId: yen.id });
		await expect.element(page.getByRole('heading', { name: 'Đỗ Hải Yến' })).toBeVisible();
		await clean();
		await page.getByRole('button', { name: 'Kết thúc' }).click();
		const send = page.getByRole('dialog').getByRole('button', { name: 'Kết thúc' });
		await send.click();
		await expect.element(page.getByText('Mời ghi lý do, ít nhất 5 ký tự')).toBeVisible();
		await clean();
		await page.getByRole('textbox', { name: 'Lý do' }).fill('Chuyển công tác');
		await send.click();
		await expect.element(page.getByText('Đã ghi.')).toBeVisible();
		expect(server.asked).toContainEqual([
			'endPost',
			{ accountId: yen.id, reason: 'Chuyển công tác', agencyId: 'Sở Công Thương', role: 'officer' }
		]);
	});

	test('TG-20.1 a role is given, and a refusal keeps what was typed', async () => {
		const server = new TestServer();
		server.answerWith = refuseGrant('has_it');
		await render(PersonView, { device, online: server, accountId: yen.id });
		await page.getByRole('button', { name: 'Giao quyền' }).click();
		await page.getByText('Ban quản lý sàn').click();
		await page.getByRole('textbox', { name: 'Lý do' }).fill('Quyết định 12');
		await page.getByRole('dialog').getByRole('button', { name: 'Giao quyền' }).click();
		await expect.element(page.getByText('Người này đã có quyền đó.')).toBeVisible();
		await expect.element(page.getByRole('textbox', { name: 'Lý do' })).toHaveValue('Quyết định 12');
		expect(server.asked).toContainEqual([
			'giveRole',
			{ accountId: yen.id, reason: 'Quyết định 12', role: 'board' }
		]);
		await clean();
	});

	test('nobody changes the own rights here', async () => {
		const self = deviceOf({ ...administrator, id: yen.id });
		await render(PersonView, { device: self, online: new TestServer(), accountId: yen.id });
		await expect.element(page.getByText('Đây là tài khoản của bạn')).toBeVisible();
		await expect.element(page.getByRole('button', { name: 'Giao vị trí' })).not.toBeInTheDocument();
		await expect.element(page.getByRole('button', { name: 'Kết thúc' })).not.toBeInTheDocument();
	});
});
