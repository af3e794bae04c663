-- Figures, reasons and freight of each cell side by side; a cell that goods only pass has figures of zero.
SELECT $cell, CAST(sum(exported) AS BIGINT) AS exported, CAST(sum(imported) AS BIGINT) AS imported,
       CAST(sum(export_lines) AS BIGINT) AS export_lines, CAST(sum(import_lines) AS BIGINT) AS import_lines,
       CAST(sum(export_grams) AS BIGINT) AS export_grams, CAST(sum(import_grams) AS BIGINT) AS import_grams,
       CAST(sum(freight_declared) AS BIGINT) AS freight_declared,
       CAST(sum(freight_factor) AS BIGINT) AS freight_factor, $reason_sums
FROM (
  SELECT $cell, exported, imported, export_lines, import_lines, export_grams, import_grams,
         0 AS freight_declared, 0 AS freight_factor, $no_reasons FROM figures
  UNION ALL
  SELECT $cell, 0, 0, 0, 0, 0, 0, 0, 0, $reasons FROM reasons
  UNION ALL
  SELECT $cell, 0, 0, 0, 0, 0, 0, freight_declared, freight_factor, $no_reasons FROM freights
) parts
GROUP BY $cell
