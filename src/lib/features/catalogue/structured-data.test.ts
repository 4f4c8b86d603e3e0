import { expect, test } from 'vitest';
import { mango } from './fixtures.ts';
import { structuredData } from './structured-data.ts';

const names = { category: 'Trái cây tươi', unit: 'kg' };
const write = (listing = mango) =>
	structuredData(listing, names, 'https://san.example', `https://san.example/listings/${listing.id}`);

test('TG-11.2 a listing is a schema.org Product with its price, unit and seller', () => {
	expect(JSON.parse(write())).toMatchObject({
		'@type': 'Product',
		name: 'Xoài cát Hòa Lộc loại 1',
		image: ['https://san.example/files/public/a.webp', 'https://san.example/files/public/b.webp'],
		offers: { price: 85_000, priceCurrency: 'VND', availability: 'https://schema.org/InStock' }
	});
	expect(JSON.parse(write({ ...mango, stock: 0 })).offers.availability).toBe('https://schema.org/OutOfStock');
});

test('nothing a seller types can close the script element', () => {
	const title = 'Xoài </script><script>alert(1)</script> & <!-- "ngon"';
	const written = write({ ...mango, title });
	expect(written).not.toMatch(/[<>&]/);
	expect(JSON.parse(written).name).toBe(title);
});
