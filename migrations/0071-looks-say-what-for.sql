-- TG-16.2: what somebody said a look was for, in words of their own; sealed with the key of the person looked at.
alter table data_looks add column words_sealed text;
