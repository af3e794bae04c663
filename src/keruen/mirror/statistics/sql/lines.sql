-- The explanation. A link that stands in two cells takes the exported value out of the one and into the other,
-- with the first reason that moved it: another flow, another code, another month. What changed the value
-- stands in the import's cell.
SELECT e_flow AS flow, e_hs6 AS hs6, e_month AS month, mode, office, trader, export_id, import_id,
       moved_by AS reason, -e_cents AS cents FROM judged WHERE moved_by IS NOT NULL
UNION ALL
SELECT i_flow, i_hs6, i_month, mode, office, trader, export_id, import_id, moved_by, e_cents
FROM judged WHERE moved_by IS NOT NULL
UNION ALL
SELECT i_flow, i_hs6, i_month, mode, office, trader, export_id, import_id, 'units', units
FROM judged WHERE units <> 0
UNION ALL
SELECT i_flow, i_hs6, i_month, mode, office, trader, export_id, import_id, 'freight', freight
FROM judged WHERE freight <> 0
UNION ALL
SELECT i_flow, i_hs6, i_month, mode, office, trader, export_id, import_id, 'weight', weight
FROM judged WHERE weight <> 0
UNION ALL
SELECT i_flow, i_hs6, i_month, mode, office, trader, export_id, import_id, 'third-country-invoicing', invoicing
FROM judged WHERE invoicing <> 0
UNION ALL
SELECT i_flow, i_hs6, i_month, mode, office, trader, export_id, import_id, 'value', value
FROM judged WHERE value <> 0
UNION ALL
SELECT i_flow, i_hs6, i_month, mode, office, trader, export_id, import_id, 'unexplained', unexplained
FROM judged WHERE unexplained <> 0
UNION ALL
SELECT flow, hs6, month, mode, office, trader, export_id, import_id, reason, cents FROM unlinked
