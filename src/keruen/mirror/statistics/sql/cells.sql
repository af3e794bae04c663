-- Cells as they are written: US dollars and kilograms, the gap, and its share in the exporter's figure and in
-- the mean of both.
SELECT $cell, CAST(exported / CAST(100 AS DOUBLE) AS DECIMAL(18, 2)) AS exported_usd,
       CAST(imported / CAST(100 AS DOUBLE) AS DECIMAL(18, 2)) AS imported_usd,
       CAST((imported - exported) / CAST(100 AS DOUBLE) AS DECIMAL(18, 2)) AS gap_usd,
       (imported - exported) / nullif(CAST(exported AS DOUBLE), 0) AS relative_asymmetry,
       2 * (imported - exported) / nullif(CAST(exported + imported AS DOUBLE), 0) AS symmetric_asymmetry,
       export_lines, import_lines, export_grams / CAST(1000 AS DOUBLE) AS export_kg,
       import_grams / CAST(1000 AS DOUBLE) AS import_kg$explained
FROM $source
ORDER BY $cell
