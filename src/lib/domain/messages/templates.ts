import type { z } from 'zod';
import type { Template } from './template.ts';
import { businessTemplates } from './templates/businesses.ts';
import { enforcementTemplates } from './templates/enforcement.ts';
import { grantTemplates } from './templates/grants.ts';
import { memberTemplates } from './templates/members.ts';
import { personalDataTemplates } from './templates/personal-data.ts';
import { securityTemplates } from './templates/security.ts';

/** Every message the exchange sends. A new one belongs into the file of its domain below `templates/`. */
const templates = {
	...memberTemplates,
	...securityTemplates,
	...enforcementTemplates,
	...grantTemplates,
	...businessTemplates,
	...personalDataTemplates
};

export type TemplateName = keyof typeof templates;
export type TemplateParams<Name extends TemplateName> =
	(typeof templates)[Name] extends Template<infer Given> ? Given : never;

export const templateNames = Object.keys(templates).filter(isTemplateName).sort();

export function isTemplateName(name: string): name is TemplateName {
	return Object.hasOwn(templates, name);
}

/** How a stored message is written: by name, with parameters of unknown shape. */
export const writerOf = (name: TemplateName): Pick<Template<never>, 'write'> => templates[name];

export const schemaOf = (name: TemplateName): z.ZodObject => templates[name].params;

/** Throws a ZodError when the parameters are not those of the template: a fault of the caller. */
export function checkParams<Name extends TemplateName>(name: Name, params: TemplateParams<Name>): void {
	writerOf(name).write('vi', params);
}
