import type { SubjectDoc } from '$lib/server/moderation/subjects.ts';
import { listFiles } from './file-queries.ts';
import { evidencePath } from './paths.ts';
import { findMeasure } from './queries.ts';
import { findRemedy } from './remedy-queries.ts';

/** TG-9.3a: what the agency decides on: the measure, and what its person says was put right (sealed until it is pulled). */
export const reconfirmationDoc: SubjectDoc = async (tx, view, common) => {
	const measure = await findMeasure(tx, view.subjectId);
	if (!measure) throw new Error(`case ${view.id} is about no measure`);
	const remedy = await findRemedy(tx, view.id);
	const files = await listFiles(tx, measure.id);
	return {
		...common,
		kind: 'reconfirmation',
		measureId: measure.id,
		subjectRev: view.subjectRev,
		title: view.title,
		measure: {
			code: measure.code,
			step: measure.step,
			target: measure.targetKind,
			ground: measure.ground.words,
			clause: measure.ground.clause,
			takenAt: measure.takenAt,
			takenByName: measure.takenByName
		},
		request: remedy?.textSealed ?? null,
		files: files
			.filter((file) => file.caseId === view.id)
			.map(({ id, sha256 }) => ({
				hash: sha256,
				thumb: evidencePath(id, 'thumb'),
				src: evidencePath(id, 'detail')
			}))
	};
};
