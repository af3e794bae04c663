-- Imported lines that answer nothing.
SELECT import_id, reason FROM unlinked WHERE import_id IS NOT NULL
