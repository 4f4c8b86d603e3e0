-- A paper may come as a PDF: kept as it came, looked at once, and never shown by the exchange itself.
alter table uploads add column document_key text, add column pages int check (pages > 0);
alter table uploads drop constraint uploads_stored;
alter table uploads add constraint uploads_stored check (state <> 'stored'
	or (thumb_key is not null and detail_key is not null and sound_key is null and document_key is null)
	or (sound_key is not null and thumb_key is null and detail_key is null and document_key is null)
	or (document_key is not null and thumb_key is null and detail_key is null and sound_key is null));
