import type { Locale } from './i18n/texts.ts';

/** What a visitor asks of the goods, or of the board. */
export type CatalogueQuery = {
	readonly q?: string;
	readonly category?: string;
	readonly ward?: string;
	readonly page?: number;
};

/** Public pages are Vietnamese at `/…` and English at `/en/…`. */
const inLanguage = (lang: Locale, path: string): string =>
	lang === 'vi' ? path : path === '/' ? '/en' : `/en${path}`;

function withQuery(path: string, query: Readonly<Record<string, string | number | undefined>>): string {
	const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
	const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
	return search === '' ? path : `${path}?${search}`;
}

/** The first page has no number. */
const withFilter = (path: string, query: CatalogueQuery): string =>
	withQuery(path, {
		...query,
		page: query.page === undefined || query.page <= 1 ? undefined : query.page
	});

/** Every link inside the program. A screen never writes an address by hand. */
export const paths = {
	home: (lang: Locale = 'vi') => inLanguage(lang, '/'),
	catalogue: (lang: Locale = 'vi', query: CatalogueQuery = {}) =>
		withFilter(inLanguage(lang, '/catalogue'), query),
	listing: (id: string, lang: Locale = 'vi') => inLanguage(lang, `/listings/${id}`),
	seller: (id: string, lang: Locale = 'vi', page = 1) =>
		withQuery(inLanguage(lang, `/sellers/${id}`), { page: page <= 1 ? undefined : page }),
	/** TG-3.1: what buyers look for, for everybody. */
	publicNeeds: (lang: Locale = 'vi', query: CatalogueQuery = {}) =>
		withFilter(inLanguage(lang, '/needs'), query),
	about: (lang: Locale = 'vi') => inLanguage(lang, '/about'),
	privacy: (lang: Locale = 'vi') => inLanguage(lang, '/about/privacy'),
	style: (lang: Locale = 'vi') => inLanguage(lang, '/style'),
	signIn: (lang: Locale = 'vi', next?: string) => withQuery(inLanguage(lang, '/sign-in'), { next }),
	/** Where somebody is led who has just closed the account. */
	closed: (lang: Locale = 'vi') => withQuery(inLanguage(lang, '/sign-in'), { closed: 1 }),
	/** Where the second factor is shown, or set up the first time. */
	secondStep: (lang: Locale = 'vi', next?: string) =>
		withQuery(inLanguage(lang, '/sign-in/second'), { next }),
	passkeySignIn: (lang: Locale = 'vi', next?: string) =>
		withQuery(inLanguage(lang, '/sign-in/passkey'), { next }),
	register: (lang: Locale = 'vi') => inLanguage(lang, '/register'),
	/** Where the code that was sent is typed in. */
	registerCode: (lang: Locale, request: string) => withQuery(inLanguage(lang, '/register/code'), { request }),
	recover: (lang: Locale = 'vi') => inLanguage(lang, '/recover'),
	recoverCode: (lang: Locale, request: string) => withQuery(inLanguage(lang, '/recover/code'), { request }),
	/** What was done about one's account, business and goods; also for somebody who is locked. */
	measures: (lang: Locale = 'vi') => inLanguage(lang, '/measures'),
	measuresExport: () => '/measures/export',
	setup: (lang: Locale = 'vi', token?: string) => withQuery(inLanguage(lang, '/setup'), { token }),

	app: () => '/app',
	sell: () => '/app/sell',
	/** `group` is one chip of the list; behind `#`, since the prerendered shell has no query of its own. */
	sellListings: (group?: string) =>
		group === undefined ? '/app/sell/listings' : `/app/sell/listings#${group}`,
	sellNew: () => '/app/sell/new',
	/** Where photos shared from another app wait; what became of them stands behind `#`. */
	sellShared: (end?: string) => (end === undefined ? '/app/sell/shared' : `/app/sell/shared#${end}`),
	sellListing: (id: string) => `/app/sell/${id}`,
	buy: () => '/app/buy',
	buyListing: (id: string, quantity?: number) => withQuery(`/app/buy/${id}`, { quantity }),
	/** TG-3.4c: the board of purchase needs. */
	needs: () => '/app/needs',
	/** `like` is an own need that is over and wanted again; behind `#`, as the shell has no query. */
	needNew: (like?: string) => (like === undefined ? '/app/needs/new' : `/app/needs/new#${like}`),
	need: (id: string) => `/app/needs/${id}`,
	needEdit: (id: string) => `/app/needs/${id}/edit`,
	/** TG-12: the member's own business; `paper` = the kind that is to be renewed, behind `#`. */
	myBusiness: (paper?: string) => (paper === undefined ? '/app/me/business' : `/app/me/business#${paper}`),
	orders: () => '/app/orders',
	order: (id: string) => `/app/orders/${id}`,
	office: () => '/app/office',
	officeCase: (id: string) => `/app/office/${id}`,
	officePapers: () => '/app/office/papers',
	officeHistory: () => '/app/office/history',
	/** Looks up the code a member reads out. */
	officeReceipts: () => '/app/office/receipts',
	officeDecision: (id: string) => `/app/office/decisions/${id}`,
	officeOverview: () => '/app/office/overview',
	/** `about` is a measure, or what a new one would be about: `listing:<id>`; behind `#`, as the shell has no query. */
	officeEnforcement: (about?: string) =>
		about === undefined || about === '' ? '/app/office/enforcement' : `/app/office/enforcement#${about}`,
	officeHandover: () => '/app/office/handover',
	handovers: () => '/app/handovers',
	/** The directory of agencies and their focal points, kept on the device. */
	agencies: () => '/app/agencies',
	adminAgencies: () => '/app/admin/agencies',
	adminAgency: (id: string) => `/app/admin/agencies/${id}`,
	aboutAgencies: (lang: Locale = 'vi') => inLanguage(lang, '/about/agencies'),
	notifications: () => '/app/notifications',
	device: () => '/app/device',
	me: () => '/app/me',
	security: () => '/app/me/security',
	profile: () => '/app/me/profile',
	myData: () => '/app/me/data',
	myDataRequests: () => '/app/me/data/requests',
	myDataLooks: () => '/app/me/data/looks',
	sessions: () => '/app/me/sessions',
	consents: () => '/app/me/consents',
	/** TG-3.4a: what the member proposes to the Board. */
	proposals: () => '/app/me/proposals',
	/** With an id: that report. */
	misuseReports: (id?: string) => (id === undefined ? '/app/admin/misuse' : `/app/admin/misuse/${id}`),
	admin: () => '/app/admin',
	/** With an id: that person's rights. */
	adminPeople: (id?: string) => (id === undefined ? '/app/admin/people' : `/app/admin/people/${id}`),
	/** Lists and settings; `part` is a word of `features/reference/parts.ts`. */
	adminReference: (part?: string) =>
		part === undefined ? '/app/admin/reference' : `/app/admin/reference/${part}`,
	adminMessages: () => '/app/admin/messages',
	adminDataRequests: () => '/app/admin/data-requests',
	/** With an id: that proposal. */
	adminProposals: (id?: string) => (id === undefined ? '/app/admin/proposals' : `/app/admin/proposals/${id}`),
	adminBreaches: () => '/app/admin/breaches'
} as const;

/** The language a public address is written in. */
export const languageOf = (pathname: string): Locale =>
	pathname === '/en' || pathname.startsWith('/en/') ? 'en' : 'vi';

/** The same public page in the other language. */
export function inOtherLanguage(pathname: string): string {
	if (languageOf(pathname) === 'vi') return inLanguage('en', pathname);
	const rest = pathname.slice('/en'.length);
	return rest === '' ? '/' : rest;
}

/**
 * Where to go after signing in: a place inside this program, never another site.
 * `//host`, `/\host` and control characters are how an open redirect would be written.
 */
export function safeNext(next: string | null | undefined): string {
	const inside = next != null && /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(next);
	return inside ? next : paths.app();
}

/** Tells the installed app that somebody has just signed in, so that it asks the server who it is. */
export const signedInMark = '#signed-in';

/** The address after a sign-in, marked where the app will read it. */
export const afterSignIn = (next: string): string =>
	next.startsWith(paths.app()) && !next.includes('#') ? next + signedInMark : next;
