-- Exported lines that nothing answers.
SELECT export_id, CAST(NULL AS DOUBLE) AS score, reason FROM unlinked WHERE export_id IS NOT NULL
