-- Lines of one side only, with the reason that the reconciliation gives, or that their age and kind tell.
WITH last AS (SELECT max(date) AS day FROM imported)
SELECT e.flow, e.hs6, e.month, e.mode, e.office, e.trader, e.export_id, CAST(NULL AS STRING) AS import_id,
       CASE WHEN e.procedure = 'transit' THEN 'transit'
            WHEN e.country_of_destination <> substring(e.flow, 4, 2) THEN 'transit'
            WHEN m.reason IN ('not-yet-arrived', 'never-arrived') THEN m.reason
            WHEN e.date >= last.day - INTERVAL '$patience' DAY THEN 'not-yet-arrived'
            ELSE 'never-arrived' END AS reason,
       -e.cents AS cents
FROM exported e
CROSS JOIN last
LEFT JOIN missing m ON m.export_id = e.export_id
WHERE NOT EXISTS (SELECT 1 FROM links l WHERE l.export_id = e.export_id)
UNION ALL
SELECT i.flow, i.hs6, i.month, i.mode, i.office, i.trader, CAST(NULL AS STRING) AS export_id, i.import_id,
       CASE WHEN i.procedure = 'transit' THEN 'transit'
            WHEN i.country_of_dispatch <> substring(i.flow, 1, 2) THEN 'transit'
            ELSE 'orphan' END AS reason,
       i.cents
FROM imported i
WHERE NOT EXISTS (SELECT 1 FROM links l WHERE l.import_id = i.import_id)
