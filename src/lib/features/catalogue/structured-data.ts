import type { PublicListing } from '$lib/domain/listings/schema.ts';

type Names = { readonly category: string; readonly unit: string };

/**
 * schema.org `Product` of a public listing as text that is safe inside a script element: `<`, `>` and `&`
 * are written as JSON escapes, so nothing a seller typed can close the element.
 */
export function structuredData(listing: PublicListing, names: Names, origin: string, url: string): string {
	const product = {
		'@context': 'https://schema.org',
		'@type': 'Product',
		productID: listing.id,
		name: listing.title,
		description: listing.description,
		category: names.category,
		image: listing.photos.map((photo) => origin + photo.detail),
		countryOfOrigin: { '@type': 'Country', name: 'VN' },
		offers: {
			'@type': 'Offer',
			url,
			price: listing.price,
			priceCurrency: 'VND',
			availability: `https://schema.org/${listing.stock === 0 ? 'OutOfStock' : 'InStock'}`,
			priceSpecification: {
				'@type': 'UnitPriceSpecification',
				price: listing.price,
				priceCurrency: 'VND',
				unitText: names.unit
			},
			seller: { '@type': 'Organization', name: listing.seller.name }
		}
	};
	return JSON.stringify(product).replace(
		/[<>&\u2028\u2029]/g,
		(c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`
	);
}
