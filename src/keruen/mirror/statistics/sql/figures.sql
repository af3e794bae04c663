-- Both reporters' figures of each cell. $cell are the columns that make it.
SELECT $cell, CAST(sum(exported) AS BIGINT) AS exported, CAST(sum(imported) AS BIGINT) AS imported,
       CAST(sum(export_lines) AS BIGINT) AS export_lines, CAST(sum(import_lines) AS BIGINT) AS import_lines,
       CAST(sum(export_grams) AS BIGINT) AS export_grams, CAST(sum(import_grams) AS BIGINT) AS import_grams
FROM (
  SELECT $columns, sum(cents) AS exported, 0 AS imported, sum(line) AS export_lines, 0 AS import_lines,
         sum(grams) AS export_grams, 0 AS import_grams
  FROM $counted_exports GROUP BY ALL
  UNION ALL
  SELECT $columns, 0 AS exported, sum(cents) AS imported, 0 AS export_lines, sum(line) AS import_lines,
         0 AS export_grams, sum(grams) AS import_grams
  FROM $counted_imports GROUP BY ALL
) sides
GROUP BY $cell
