import type { AgencyChangeInput, RecordedChange } from '$lib/domain/agencies/changes.ts';
import type { AbsenceInput } from '$lib/domain/agencies/duty.ts';
import type { Agency, FocalPoint } from '$lib/domain/agencies/schema.ts';
import type { Result } from '$lib/domain/kernel/refusal.ts';

export type AgencyLine = {
	readonly id: string;
	readonly name: string;
	readonly kind: Agency['kind'];
	readonly state: 'acting' | 'planned' | 'ended';
	readonly effectiveFrom: string;
	readonly effectiveTo: string | null;
	readonly successorName: string | null;
	readonly focalPoint: FocalPoint | null;
	readonly openCases: number;
	readonly officers: number;
	readonly next: { readonly kind: RecordedChange['change']['kind']; readonly on: string } | null;
};

export type AgencyDetail = {
	readonly line: AgencyLine;
	readonly address: string;
	readonly phone: string;
	readonly email: string;
	readonly before: readonly { readonly name: string; readonly until: string }[];
	readonly sectors: readonly { readonly id: string; readonly name: string }[];
	/** Of every sector, also those that have gone. */
	readonly sectorNames: Readonly<Record<string, string>>;
	readonly changes: readonly RecordedChange[];
	readonly officers: readonly {
		readonly accountId: string;
		readonly name: string;
		readonly role: 'officer' | 'lead';
	}[];
	readonly absences: readonly (Omit<AbsenceInput, 'agencyId'> & { readonly id: string })[];
};

/** What the screens ask of the exchange; each rejects when it cannot be reached. */
export type AgenciesOnline = {
	list(): Promise<readonly AgencyLine[]>;
	detail(agencyId: string): Promise<AgencyDetail | null>;
	change(input: AgencyChangeInput): Promise<Result<{ id: string }>>;
	withdraw(changeId: string): Promise<{ readonly ok: boolean }>;
	setAbsence(input: AbsenceInput): Promise<Result<{ id: string }>>;
	endAbsence(id: string): Promise<{ readonly ok: boolean }>;
};
