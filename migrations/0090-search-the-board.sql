-- Visitors search the board as goods are searched: every word, accent-blind.
alter table needs add column search_text text not null
	generated always as (fold_vi((content ->> 'title') || chr(10) || (content ->> 'description'))) stored;
