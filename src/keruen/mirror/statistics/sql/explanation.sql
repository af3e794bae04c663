-- The explanation's lines as they are written: US dollars.
SELECT flow, hs6, month, mode, office, trader, export_id, import_id, reason,
       CAST(CAST(cents AS DOUBLE) / 100 AS DECIMAL(18, 2)) AS amount_usd
FROM lines
