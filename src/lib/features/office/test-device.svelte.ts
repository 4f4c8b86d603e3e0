import type { Actor } from '$lib/domain/accounts/permissions.ts';
import { ok, type Refusal, type Result } from '$lib/domain/kernel/refusal.ts';
import type { CaseView, CommandState, DeviceStatus, Live } from '$lib/sync/app.svelte.ts';
import type { AnyCommand, CommandInput, CommandName } from '$lib/sync/protocol/commands.ts';
import type { DeskDevice } from './desk.svelte.ts';
import { calmStatus } from '$lib/sync/testing/calm-status.ts';
import { pack } from './test-world.ts';

/**
 * A device without a store, for tests of the desk's components: it queues commands and folds them over the
 * cases as the real one does; `answer` plays the server.
 */
export class TestDevice implements DeskDevice {
	readonly actor: Actor;
	readonly sent: { name: CommandName; input: unknown }[] = [];
	private views = $state.raw<readonly CaseView[]>([]);
	private online = $state(true);
	private last = 0;
	/** The store takes nothing, as on a full disk. */
	full = false;

	constructor(actor: Actor, views: readonly CaseView[]) {
		this.actor = actor;
		this.views = views;
	}

	get status(): DeviceStatus {
		return { ...calmStatus, online: this.online };
	}
	setOnline(online: boolean): void {
		this.online = online;
	}
	setViews(views: readonly CaseView[]): void {
		this.views = views;
	}

	cases(): Live<readonly CaseView[]> {
		const read = () => this.views;
		return {
			ready: true,
			get current() {
				return read();
			}
		};
	}
	reference() {
		const wards = [{ code: '28477', name: 'Xã Ngũ Hiệp', formerly: [] }];
		return { ready: true, current: { pack, wards } };
	}
	readonly photos = { private: (path: string) => path };

	async command<N extends CommandName>(
		name: N,
		input: CommandInput<N>
	): Promise<Result<{ commandId: string }>> {
		if (this.full) throw new DOMException('full', 'QuotaExceededError');
		const commandId = `command-${++this.last}`;
		this.sent.push({ name, input });
		this.fold(commandId, name, input);
		return ok({ commandId });
	}
	async discard(commandId: string): Promise<boolean> {
		this.views = this.views.map((view) => ({
			...view,
			decision: view.decision?.command.id === commandId ? null : view.decision,
			reassignment: view.reassignment?.command.id === commandId ? null : view.reassignment
		}));
		return true;
	}

	/** The server refuses the last decision, or takes it. */
	answer(refusal: Refusal | null): void {
		const state: CommandState =
			refusal === null
				? { at: 'acknowledged', receipt: 'R-1', receivedAt: '2026-11-23T14:52:00.000Z' }
				: { at: 'refused', refusal, receivedAt: '2026-11-23T14:52:00.000Z' };
		this.views = this.views.map((view) =>
			view.decision?.command.id === `command-${this.last}`
				? { ...view, decision: { ...view.decision, command: { ...view.decision.command, state } } }
				: view
		);
	}

	private fold(id: string, name: CommandName, input: AnyCommand['input']): void {
		const command = { id, name, deviceTime: '2026-11-23T14:51:00.000Z', state: { at: 'waiting' } } as const;
		this.views = this.views.map((view) => {
			if (!('caseId' in input) || input.caseId !== view.case.id) return view;
			if ('toAccountId' in input)
				return { ...view, reassignment: { toAccountId: input.toAccountId, command } };
			const reasonCodes = input.decision === 'approve' ? [] : input.reasonCodes;
			return {
				...view,
				decision: {
					decision: input.decision,
					reasonCodes,
					note: input.note,
					listingRev: input.listingRev,
					seen: view.case.kind === 'listing' ? view.case.content : null,
					command
				}
			};
		});
	}
}
