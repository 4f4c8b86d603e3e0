import { canSeeAllUnits, hasRole, mayAtAll, type Actor } from '$lib/domain/accounts/permissions.ts';
import { paths } from '$lib/paths.ts';
import type { IconName } from '$lib/ui/icons.ts';

export type PlaceId =
	| 'today'
	| 'listings'
	| 'new'
	| 'market'
	| 'needs'
	| 'orders'
	| 'office'
	| 'history'
	| 'overview'
	| 'admin'
	| 'notifications'
	| 'device'
	| 'me'
	| 'signIn';

export type Place = { readonly id: PlaceId; readonly href: string; readonly icon: IconName };

const all: Readonly<Record<PlaceId, Place>> = {
	today: { id: 'today', href: paths.sell(), icon: 'home' },
	listings: { id: 'listings', href: paths.sellListings(), icon: 'box' },
	new: { id: 'new', href: paths.sellNew(), icon: 'plus' },
	market: { id: 'market', href: paths.buy(), icon: 'store' },
	needs: { id: 'needs', href: paths.needs(), icon: 'clipboard' },
	orders: { id: 'orders', href: paths.orders(), icon: 'bag' },
	office: { id: 'office', href: paths.office(), icon: 'clock' },
	history: { id: 'history', href: paths.officeHistory(), icon: 'clipboard' },
	overview: { id: 'overview', href: paths.officeOverview(), icon: 'chart' },
	admin: { id: 'admin', href: paths.admin(), icon: 'shield' },
	notifications: { id: 'notifications', href: paths.notifications(), icon: 'bell' },
	device: { id: 'device', href: paths.device(), icon: 'phone' },
	me: { id: 'me', href: paths.me(), icon: 'user' },
	signIn: { id: 'signIn', href: paths.signIn('vi', paths.app()), icon: 'user' }
};

/** TG-3.4, TG-20.3: the figures of every unit, and of the own one for its lead. */
const seesFigures = (actor: Actor): boolean =>
	canSeeAllUnits(actor) || actor.posts.some((post) => post.role === 'lead');

const isStaff = (actor: Actor): boolean => mayAtAll(actor, 'case.decide') || hasRole(actor, 'officer');

/** TG-3.4: whoever looks after the exchange itself. */
const administers = (actor: Actor): boolean =>
	mayAtAll(actor, 'role.grant') || mayAtAll(actor, 'message.see') || mayAtAll(actor, 'data.answer');

/** Whoever has an office is not spoken to as the producers are. */
export const worksForExchange = (actor: Actor): boolean =>
	isStaff(actor) || administers(actor) || seesFigures(actor);

/** The places under the thumb, at most five; the main deed in the middle. */
export function tabPlaces(actor: Actor | null): Place[] {
	if (actor === null) return [all.market, all.needs, all.signIn];
	if (isStaff(actor))
		return [
			all.office,
			...(seesFigures(actor) ? [all.overview] : []),
			...(administers(actor) ? [all.admin] : []),
			all.notifications,
			all.me
		];
	if (administers(actor)) return [all.overview, all.admin, all.market, all.notifications, all.me];
	if (seesFigures(actor)) return [all.overview, all.market, all.notifications, all.me];
	if (hasRole(actor, 'seller')) return [all.today, all.listings, all.new, all.orders, all.me];
	return [all.market, all.needs, all.orders, all.me];
}

/** The places of the side bar: there is room for every one this person has. */
export function sidePlaces(actor: Actor | null): Place[] {
	if (actor === null) return [all.market, all.needs, all.signIn];
	const member = hasRole(actor, 'seller') || hasRole(actor, 'buyer');
	return [
		...(isStaff(actor) ? [all.office, all.history] : []),
		...(seesFigures(actor) ? [all.overview] : []),
		...(administers(actor) ? [all.admin] : []),
		...(hasRole(actor, 'seller') ? [all.today, all.listings, all.new] : []),
		all.market,
		...(member ? [all.needs, all.orders] : []),
		all.notifications,
		all.device,
		all.me
	];
}

/** Where `/app` leads this person. */
export function homeOf(actor: Actor | null): string {
	return tabPlaces(actor)[0]?.href ?? paths.buy();
}

/** The place an address belongs to: the longest one that holds it. */
export function currentPlace(places: readonly Place[], pathname: string): PlaceId | null {
	const holding = places.filter(({ href }) => pathname === href || pathname.startsWith(`${href}/`));
	return holding.sort((a, b) => b.href.length - a.href.length)[0]?.id ?? null;
}

/** The screens a person comes to from the tab bar; they carry the bell. */
export const isMainScreen = (pathname: string): boolean =>
	[paths.sell(), paths.sellListings(), paths.buy(), paths.needs(), paths.orders(), paths.me()].includes(
		pathname
	);

/**
 * The public catalogue and the board of needs are on every device, and shared photos wait for whoever signs in; all else
 * belongs to somebody.
 */
export function isForAnybody(pathname: string): boolean {
	if (pathname === paths.needNew() || pathname.endsWith('/edit')) return false;
	const open = [paths.buy(), paths.needs()];
	return (
		pathname === paths.sellShared() || open.some((at) => pathname === at || pathname.startsWith(`${at}/`))
	);
}
