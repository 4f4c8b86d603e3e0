import { batu } from './batu.ts';
import { chieuLongDinh } from './chieu-long-dinh.ts';
import { chuba } from './chuba.ts';
import { duaThoiSon } from './dua-thoi-son.ts';
import { gaBinhNinh } from './ga-binh-ninh.ts';
import { haiHuong } from './hai-huong.ts';
import { htxChoGao } from './htx-cho-gao.ts';
import { htxHoaLoc } from './htx-hoa-loc.ts';
import { htxMyThanh } from './htx-my-thanh.ts';
import { htxMyXuong } from './htx-my-xuong.ts';
import { htxVinhKim } from './htx-vinh-kim.ts';
import { huTieuBaPhuoc } from './hu-tieu-ba-phuoc.ts';
import { khomTanLap } from './khom-tan-lap.ts';
import { kiengSaDec } from './kieng-sa-dec.ts';
import { muoiThuong } from './muoi-thuong.ts';
import { ngheuTanThanh } from './ngheu-tan-thanh.ts';
import { ongChoGao } from './ong-cho-gao.ts';
import { quytLaiVung } from './quyt-lai-vung.ts';
import { rauTanHuong } from './rau-tan-huong.ts';
import { senMyQui } from './sen-my-qui.ts';
import { soRiBinhAn } from './so-ri-binh-an.ts';
import { songTienTech } from './song-tien-tech.ts';
import { thaoDuocTanPhuoc } from './thao-duoc-tan-phuoc.ts';
import { tuThoSauNghia } from './tu-tho-sau-nghia.ts';
import { utMuoi } from './ut-muoi.ts';
import type { Stall } from './shape.ts';

/** Every seller of the demo with what he or she offers. */
export const stalls: readonly Stall[] = [
	batu,
	chuba,
	htxHoaLoc,
	htxVinhKim,
	htxChoGao,
	khomTanLap,
	soRiBinhAn,
	duaThoiSon,
	htxMyXuong,
	quytLaiVung,
	haiHuong,
	ngheuTanThanh,
	utMuoi,
	htxMyThanh,
	rauTanHuong,
	ongChoGao,
	gaBinhNinh,
	tuThoSauNghia,
	chieuLongDinh,
	kiengSaDec,
	huTieuBaPhuoc,
	senMyQui,
	thaoDuocTanPhuoc,
	muoiThuong,
	songTienTech
];
