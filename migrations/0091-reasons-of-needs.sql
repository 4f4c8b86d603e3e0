-- A pack that was loaded before says why a need is returned in words of its own; until now these were the words of goods. Devices
-- hear of it.
with own as (
	select $reasons$[
	{"id": "nhu-cau-chua-ro", "text": "Chưa rõ cần mua gì. Mời ghi thêm loại, quy cách, chất lượng cần có.", "english": "It is not clear what is wanted. Please add the kind, grade and quality.", "clause": "TG-6.6"},
	{"id": "nhu-cau-so-luong-gia", "text": "Số lượng, nhịp mua hoặc giá mong muốn chưa rõ hoặc chưa hợp lý.", "english": "How much, how often or at what price is unclear or does not make sense.", "clause": "TG-6.6"},
	{"id": "nhu-cau-lo-danh-tinh", "text": "Lời viết có tên, số điện thoại hoặc địa chỉ. Ai cũng đọc được bảng nhu cầu, mời bỏ ra.", "english": "The words hold a name, phone number or address. Everybody reads the board: please take it out.", "clause": "TG-16.6"},
	{"id": "nhu-cau-sai-loai", "text": "Nhu cầu đang nằm sai nhóm. Mời chọn lại loại hàng.", "english": "The need is under the wrong kind of goods. Please choose again.", "clause": "TG-6.2"},
	{"id": "nhu-cau-noi-giao", "text": "Nơi giao hoặc ngày cuối nhận chào hàng chưa đúng.", "english": "The place of delivery or the last day for offers is not right.", "clause": "TG-6.6"},
	{"id": "nhu-cau-khong-phai-mua", "text": "Đây là lời bán hàng hoặc quảng cáo, không phải nhu cầu mua. Hàng để bán thì đăng ở tin bán.", "english": "This sells or advertises; it is not a purchase need. Goods for sale are posted as a listing.", "clause": "TG-10.3a"},
	{"id": "nhu-cau-hang-cam", "text": "Hàng cần mua thuộc danh mục cấm kinh doanh hoặc cấm quảng cáo.", "english": "The goods wanted may not be traded or advertised.", "clause": "TG-17.2"},
	{"id": "nhu-cau-ly-do-khac", "text": "Lý do khác, ghi rõ trong lời nhắn.", "english": "Another reason, written in the note.", "clause": "TG-10.3b"}
]$reasons$::jsonb as reasons
), stored as (
	update rule_packs set pack = jsonb_set(pack, '{needReasons}', own.reasons) from own where not pack ? 'needReasons'
)
update sync_feed f set doc = jsonb_set(f.doc, '{pack,needReasons}', own.reasons),
	version = pg_current_xact_id()::text::bigint
from own
where f.collection = 'reference' and f.doc_id = 'pack' and f.doc ? 'pack' and not f.doc -> 'pack' ? 'needReasons';
