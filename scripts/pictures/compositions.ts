import { glyph } from './glyphs.ts';

export const width = 960;
export const height = 720;

/** Grounds of the visual language: paper tinted by mango, leaf, clay, rose, river, lotus, mint, straw, sand. */
const tints = {
	mango: '#f8e3b6',
	leaf: '#dcefd9',
	clay: '#efe1d0',
	rose: '#f6dcd6',
	river: '#dbe8f3',
	lotus: '#eee0ee',
	mint: '#d6ebe4',
	straw: '#f2e9cd',
	sand: '#e8dfd1',
	lime: '#e8f1cf'
} as const;
type Tint = keyof typeof tints;

type Piece = { glyph: string; x: number; y: number; size: number; turn?: number };
export type Composition = { id: string; svg: string };

function compose(
	id: string,
	tint: Tint,
	pieces: readonly Piece[],
	shadow: { x: number; rx: number }
): Composition {
	const drawn = pieces.map(({ glyph: name, x, y, size, turn }) => {
		const k = size / 32;
		const place = `translate(${x - size / 2} ${y - size / 2}) scale(${k})`;
		return `<g transform="${turn ? `rotate(${turn} ${x} ${y}) ` : ''}${place}">${glyph(name)}</g>`;
	});
	const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
		<rect width="${width}" height="${height}" fill="${tints[tint]}"/>
		<circle cx="800" cy="-20" r="230" fill="#fff" opacity=".34"/>
		<ellipse cx="${shadow.x}" cy="620" rx="${shadow.rx}" ry="42" fill="#1d2b28" opacity=".13"/>
		${drawn.join('')}</svg>`;
	return { id, svg };
}

const one = (id: string, tint: Tint, name: string) =>
	compose(`${id}-1`, tint, [{ glyph: name, x: 480, y: 370, size: 450 }], { x: 480, rx: 250 });

/** Three pieces as they lie at a market stall; `second` is the cut or opened one. */
const three = (id: string, tint: Tint, name: string, second = name) =>
	compose(
		`${id}-2`,
		tint,
		[
			{ glyph: name, x: 300, y: 350, size: 310, turn: -10 },
			{ glyph: name, x: 650, y: 340, size: 310, turn: 9 },
			{ glyph: second, x: 475, y: 445, size: 340 }
		],
		{ x: 480, rx: 350 }
	);

const inBasket = (id: string, tint: Tint, name: string) =>
	compose(
		`${id}-2`,
		tint,
		[
			{ glyph: name, x: 375, y: 265, size: 230, turn: -16 },
			{ glyph: name, x: 585, y: 265, size: 230, turn: 14 },
			{ glyph: name, x: 480, y: 225, size: 240 },
			{ glyph: 'basket', x: 480, y: 420, size: 420 }
		],
		{ x: 480, rx: 270 }
	);

const withBox = (id: string, tint: Tint, name: string) =>
	compose(
		`${id}-2`,
		tint,
		[
			{ glyph: 'package', x: 385, y: 365, size: 430 },
			{ glyph: name, x: 665, y: 470, size: 290 }
		],
		{ x: 510, rx: 350 }
	);

const underTree = (id: string, tint: Tint, name: string, tree = 'deciduous-tree') =>
	compose(
		`${id}-2`,
		tint,
		[
			{ glyph: tree, x: 350, y: 350, size: 500 },
			{ glyph: name, x: 640, y: 500, size: 230, turn: 8 },
			{ glyph: name, x: 765, y: 550, size: 150, turn: -12 }
		],
		{ x: 500, rx: 370 }
	);

const pair = (id: string, tint: Tint, left: string, right: string) =>
	compose(
		id,
		tint,
		[
			{ glyph: left, x: 345, y: 370, size: 390 },
			{ glyph: right, x: 660, y: 440, size: 310 }
		],
		{ x: 500, rx: 350 }
	);

const row = (id: string, tint: Tint, a: string, b: string, c: string) =>
	compose(
		id,
		tint,
		[
			{ glyph: a, x: 235, y: 420, size: 300 },
			{ glyph: b, x: 740, y: 430, size: 290 },
			{ glyph: c, x: 485, y: 370, size: 420 }
		],
		{ x: 485, rx: 400 }
	);

/** Every demo picture. `<goods>-1` is the goods alone, `<goods>-2` another view of them. */
export const compositions: readonly Composition[] = [
	one('sau-rieng', 'lime', 'durian'),
	three('sau-rieng', 'straw', 'durian', 'durian-open'),
	one('sau-rieng-mui', 'mango', 'durian-open'),
	one('xoai', 'mango', 'mango'),
	inBasket('xoai', 'clay', 'mango'),
	one('vu-sua', 'lotus', 'star-apple'),
	three('vu-sua', 'leaf', 'star-apple', 'star-apple-cut'),
	one('thanh-long', 'rose', 'dragon-fruit'),
	three('thanh-long', 'mint', 'dragon-fruit', 'dragon-fruit-cut'),
	one('thanh-long-ruot-do', 'lotus', 'dragon-fruit-red-cut'),
	one('khom', 'mango', 'pineapple'),
	three('khom', 'leaf', 'pineapple'),
	one('so-ri', 'rose', 'cherries'),
	inBasket('so-ri', 'clay', 'cherries'),
	one('buoi', 'lime', 'pomelo'),
	three('buoi', 'rose', 'pomelo', 'pomelo-cut'),
	one('chom-chom', 'rose', 'rambutan'),
	three('chom-chom', 'leaf', 'rambutan'),
	one('nhan', 'straw', 'longan'),
	underTree('nhan', 'leaf', 'longan'),
	one('mit', 'lime', 'jackfruit'),
	underTree('mit', 'leaf', 'jackfruit'),
	one('man', 'rose', 'rose-apple'),
	inBasket('man', 'sand', 'rose-apple'),
	one('oi', 'lime', 'guava'),
	three('oi', 'mint', 'guava'),
	one('chuoi', 'mango', 'banana'),
	inBasket('chuoi', 'clay', 'banana'),
	one('dua-xiem', 'leaf', 'cut-coconut'),
	underTree('dua-xiem', 'mint', 'cut-coconut', 'palm-tree'),
	one('dua-kho', 'sand', 'coconut'),
	one('dua-hau', 'leaf', 'watermelon'),
	three('dua-hau', 'rose', 'watermelon'),
	one('quyt', 'mango', 'tangerine'),
	inBasket('quyt', 'leaf', 'tangerine'),
	one('chanh', 'lime', 'lime'),
	one('sa-po', 'clay', 'potato'),
	one('oc', 'river', 'spiral-shell'),
	one('dau', 'straw', 'beans'),
	one('rau-la', 'leaf', 'leafy-green'),
	inBasket('rau-la', 'sand', 'leafy-green'),
	one('dua-leo', 'mint', 'cucumber'),
	one('ca-chua', 'rose', 'tomato'),
	one('ot', 'rose', 'hot-pepper'),
	inBasket('ot', 'straw', 'hot-pepper'),
	one('bap', 'mango', 'ear-of-corn'),
	three('bap', 'leaf', 'ear-of-corn'),
	one('khoai-lang', 'clay', 'roasted-sweet-potato'),
	one('nam-rom', 'sand', 'brown-mushroom'),
	inBasket('nam-rom', 'clay', 'brown-mushroom'),
	one('gung', 'straw', 'ginger-root'),
	one('hanh-toi', 'lotus', 'garlic'),
	one('gao', 'straw', 'rice-bag'),
	pair('gao-2', 'lime', 'rice-bag', 'sheaf-of-rice'),
	one('lua', 'leaf', 'sheaf-of-rice'),
	one('com', 'sand', 'cooked-rice'),
	one('tom', 'rose', 'shrimp'),
	three('tom', 'river', 'shrimp'),
	one('cua', 'river', 'crab'),
	one('muc', 'lotus', 'squid'),
	one('ca', 'river', 'fish'),
	inBasket('ca', 'mint', 'fish'),
	one('ngheu', 'river', 'clam'),
	three('ngheu', 'sand', 'clam'),
	one('kho-ca', 'clay', 'dried-fish'),
	three('kho-ca', 'straw', 'dried-fish'),
	one('mam', 'rose', 'sauce-bottle'),
	pair('mam-2', 'clay', 'sauce-bottle', 'shrimp'),
	pair('mam-ca-2', 'river', 'sauce-bottle', 'fish'),
	one('hu-mam', 'clay', 'jar'),
	one('mat-ong', 'mango', 'honey-pot'),
	pair('mat-ong-2', 'straw', 'honey-pot', 'honeybee'),
	one('ga', 'clay', 'chicken'),
	one('thit-ga', 'rose', 'poultry-leg'),
	one('vit', 'mint', 'duck'),
	one('trung', 'straw', 'egg'),
	one('o-trung', 'clay', 'nest-with-eggs'),
	one('thit', 'rose', 'cut-of-meat'),
	one('nem', 'leaf', 'leaf-parcel'),
	three('nem', 'straw', 'leaf-parcel'),
	one('banh-trang', 'sand', 'rice-paper'),
	withBox('banh-trang', 'clay', 'rice-paper'),
	one('hu-tieu', 'rose', 'noodles'),
	pair('hu-tieu-2', 'straw', 'noodles', 'steaming-bowl'),
	one('keo', 'rose', 'candy'),
	withBox('keo', 'mint', 'candy'),
	one('banh', 'clay', 'moon-cake'),
	one('banh-phong', 'mango', 'rice-cracker'),
	one('tra', 'leaf', 'teacup-without-handle'),
	pair('tra-2', 'mint', 'paper-pouch', 'teapot'),
	one('goi-kho', 'straw', 'paper-pouch'),
	one('ruou-vang', 'lotus', 'wine-glass'),
	pair('ruou-vang-2', 'rose', 'bottle-with-popping-cork', 'wine-glass'),
	one('nuoc-ep', 'mint', 'cup-with-straw'),
	one('nuoc-dua', 'leaf', 'tropical-drink'),
	one('ca-cao', 'clay', 'chocolate-bar'),
	pair('ca-cao-2', 'sand', 'chocolate-bar', 'hot-beverage'),
	one('xa-phong', 'mint', 'soap'),
	one('tinh-dau', 'leaf', 'lotion-bottle'),
	pair('tinh-dau-2', 'lime', 'lotion-bottle', 'herb'),
	one('thao-duoc', 'leaf', 'herb'),
	one('sen', 'rose', 'lotus'),
	pair('sen-2', 'lime', 'lotus-pod', 'lotus'),
	one('hat-sen', 'lime', 'lotus-pod'),
	one('chieu', 'straw', 'sleeping-mat'),
	three('chieu', 'clay', 'sleeping-mat'),
	one('tu-tho', 'sand', 'altar-cabinet'),
	pair('tu-tho-2', 'clay', 'altar-cabinet', 'carpentry-saw'),
	one('gio-dan', 'clay', 'basket'),
	three('gio-dan', 'leaf', 'basket'),
	one('non', 'straw', 'womans-hat'),
	one('khan', 'lotus', 'scarf'),
	one('vai', 'river', 'thread'),
	one('hoa-hong', 'rose', 'rose'),
	three('hoa-hong', 'leaf', 'rose'),
	one('hoa-cuc', 'mango', 'sunflower'),
	one('hoa-giay', 'lotus', 'hibiscus'),
	one('bo-hoa', 'mint', 'bouquet'),
	one('cay-kieng', 'leaf', 'potted-plant'),
	three('cay-kieng', 'sand', 'potted-plant'),
	one('cay-giong', 'lime', 'seedling'),
	one('xuong', 'river', 'canoe'),
	row('con-thoi-son', 'mint', 'palm-tree', 'hut', 'canoe'),
	one('homestay', 'leaf', 'hut'),
	row('nha-vuon', 'leaf', 'deciduous-tree', 'deciduous-tree', 'house-with-garden'),
	pair('dap-xe', 'lime', 'palm-tree', 'bicycle'),
	one('mam-com', 'sand', 'pot-of-food'),
	one('may-do', 'river', 'salinity-meter'),
	pair('may-do-2', 'mint', 'mobile-phone', 'salinity-meter'),
	pair('tem-truy-xuat', 'lotus', 'label', 'mobile-phone'),
	pair('tuoi', 'river', 'seedling', 'droplet'),
	row('vuon-cay', 'leaf', 'deciduous-tree', 'deciduous-tree', 'deciduous-tree'),
	row('vuon-dua', 'mint', 'palm-tree', 'palm-tree', 'palm-tree'),
	row('ruong-lua', 'lime', 'sheaf-of-rice', 'sheaf-of-rice', 'sheaf-of-rice'),
	pair('ghe-ca', 'river', 'sailboat', 'fish'),
	one('thung-hang', 'clay', 'package'),
	pair('xe-giao', 'sand', 'delivery-truck', 'package'),
	pair('lo-bep', 'clay', 'pot-of-food', 'fire')
];
