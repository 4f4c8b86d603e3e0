-- A voice note is an upload like a photo, kept as one cleaned file instead of two renditions (decision 013).
alter table uploads add column sound_key text, add column seconds numeric(6, 1);
alter table uploads drop constraint uploads_check;
alter table uploads add constraint uploads_stored check (state <> 'stored'
	or (thumb_key is not null and detail_key is not null and sound_key is null)
	or (sound_key is not null and thumb_key is null and detail_key is null));

alter table public_files alter column thumb_key drop not null, alter column detail_key drop not null,
	add column sound_key text;
alter table public_files add constraint public_files_picture_or_sound check (
	(thumb_key is not null and detail_key is not null and sound_key is null)
	or (sound_key is not null and thumb_key is null and detail_key is null));

-- The voice note with a random id, made at approval: {src, seconds}
alter table listings add column published_voice jsonb;
