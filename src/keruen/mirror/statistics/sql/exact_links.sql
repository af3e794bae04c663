-- Links by exact keys, where nothing better is given: reference and code, else transport document and code,
-- each only where it names one line on either side.
WITH by_reference AS (
  SELECT e.export_id, i.import_id
  FROM (SELECT flow, reference, hs6, min(export_id) AS export_id FROM exported
        WHERE reference IS NOT NULL GROUP BY flow, reference, hs6 HAVING count(*) = 1) e
  JOIN (SELECT flow, reference, hs6, min(import_id) AS import_id FROM imported
        WHERE reference IS NOT NULL GROUP BY flow, reference, hs6 HAVING count(*) = 1) i
    ON e.flow = i.flow AND e.reference = i.reference AND e.hs6 = i.hs6
), other_exported AS (
  SELECT * FROM exported e
  WHERE transport_document IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM by_reference r WHERE r.export_id = e.export_id)
), other_imported AS (
  SELECT * FROM imported i
  WHERE transport_document IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM by_reference r WHERE r.import_id = i.import_id)
), by_document AS (
  SELECT e.export_id, i.import_id
  FROM (SELECT flow, transport_document, hs6, min(export_id) AS export_id FROM other_exported
        GROUP BY flow, transport_document, hs6 HAVING count(*) = 1) e
  JOIN (SELECT flow, transport_document, hs6, min(import_id) AS import_id FROM other_imported
        GROUP BY flow, transport_document, hs6 HAVING count(*) = 1) i
    ON e.flow = i.flow AND e.transport_document = i.transport_document AND e.hs6 = i.hs6
)
SELECT export_id, import_id, 'reference' AS basis FROM by_reference
UNION ALL
SELECT export_id, import_id, 'transport-document' AS basis FROM by_document
