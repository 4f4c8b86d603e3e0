-- All of it at once and first: the keys below would ask for more of each table in the middle of the step, where whoever reads
-- one of them and waits for another could wait for ever.
lock table accounts, businesses, listings in access exclusive mode;

-- Goods belong to a business and to the account it belongs to: that is one thing to hold, where it was two that could
-- contradict each other, and Postgres asks once for each new row instead of twice.
alter table businesses add constraint businesses_of_account unique (id, account_id);
alter table listings add constraint listings_of_business
	foreign key (business_id, account_id) references businesses (id, account_id);
alter table listings drop constraint listings_business_id_fkey, drop constraint listings_account_id_fkey;
