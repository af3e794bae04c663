-- The exporter's lines where they are counted: a linked one by the mode and office that the importer states,
-- a divided one in its portions, of which the first counts as its line.
SELECT e_flow AS flow, e_hs6 AS hs6, e_month AS month, mode, office, trader, e_cents AS cents, e_grams AS grams,
       e_line AS line FROM pairs
UNION ALL
SELECT flow, hs6, month, mode, office, trader, cents, grams, line FROM exported e
WHERE NOT EXISTS (SELECT 1 FROM links l WHERE l.export_id = e.export_id)
