-- An upload that was given up or never finished leaves no trace; a stored one is never deleted this way.
grant delete on uploads to san_app;
create policy uploads_delete_unfinished on uploads as restrictive for delete using (state <> 'stored');
create index uploads_unfinished on uploads (created_at) where state <> 'stored';
