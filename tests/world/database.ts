import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { inject } from 'vitest';
import type { TestCluster } from './cluster.ts';

/** A migrated, empty database that only this suite knows. */
export type FreshDatabase = {
	/** Acts as `san_owner`: for the seed and for looking behind the scenes. */
	readonly ownerUrl: string;
	/** The app's login: open it with `openDb({ url, role: 'san_app' })`. */
	readonly appUrl: string;
	/** The superuser in this database: for tests that lay it aside and bring it back. */
	readonly adminUrl: string;
	drop(): Promise<void>;
};

/** Copies the migrated template. Takes some tens of milliseconds; drop it in `afterAll`. */
export async function freshDatabase(cluster: TestCluster = inject('cluster')): Promise<FreshDatabase> {
	const name = `san_${randomUUID().replaceAll('-', '')}`;
	await asAdmin(cluster, `create database ${name} template san_template owner san_owner`);
	return {
		ownerUrl: at(cluster.ownerUrl, name),
		appUrl: at(cluster.appUrl, name),
		adminUrl: at(cluster.adminUrl, name),
		drop: () => asAdmin(cluster, `drop database if exists ${name} with (force)`)
	};
}

function at(url: string, database: string): string {
	const changed = new URL(url);
	changed.pathname = `/${database}`;
	return changed.toString();
}

async function asAdmin(cluster: TestCluster, statement: string): Promise<void> {
	const admin = postgres(cluster.adminUrl, { max: 1, onnotice: () => undefined });
	try {
		await admin.unsafe(statement);
	} finally {
		await admin.end();
	}
}
