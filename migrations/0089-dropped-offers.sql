-- Why the exchange took an offer back, so that both sides can read it; null where its seller did.
alter table need_offers add column dropped_for text check (dropped_for in ('off_sale', 'other_sector'));
alter table need_offers add constraint need_offers_dropped check (dropped_for is null or state = 'withdrawn');
-- A lock of goods asks what was taken back of them before.
create index need_offers_dropped_of_listing on need_offers (listing_id) where dropped_for is not null;
