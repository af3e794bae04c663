-- The importer's lines where they are counted: a linked one under the trader that the exporter states.
SELECT i_flow AS flow, i_hs6 AS hs6, i_month AS month, mode, office, trader, i_cents AS cents, i_grams AS grams,
       i_line AS line FROM pairs
UNION ALL
SELECT flow, hs6, month, mode, office, trader, cents, grams, line FROM imported i
WHERE NOT EXISTS (SELECT 1 FROM links l WHERE l.import_id = i.import_id)
