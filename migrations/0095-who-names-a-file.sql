-- Whether a file of the store is still named is asked for each that is taken away, and every night for all of them.
create index uploads_thumb_key on uploads (thumb_key) where thumb_key is not null;
create index uploads_detail_key on uploads (detail_key) where detail_key is not null;
create index uploads_sound_key on uploads (sound_key) where sound_key is not null;
create index uploads_document_key on uploads (document_key) where document_key is not null;
create index public_files_thumb_key on public_files (thumb_key) where thumb_key is not null;
create index public_files_detail_key on public_files (detail_key) where detail_key is not null;
create index public_files_sound_key on public_files (sound_key) where sound_key is not null;
create index measure_files_thumb_key on measure_files (thumb_key) where thumb_key is not null;
create index measure_files_detail_key on measure_files (detail_key) where detail_key is not null;
