-- Links, and whether the export stands in several (split) or the import does (merged).
SELECT l.export_id, l.import_id, s.export_id IS NOT NULL AS split, m.import_id IS NOT NULL AS merged
FROM links l
LEFT JOIN (SELECT export_id FROM links GROUP BY export_id HAVING count(*) > 1) s ON s.export_id = l.export_id
LEFT JOIN (SELECT import_id FROM links GROUP BY import_id HAVING count(*) > 1) m ON m.import_id = l.import_id
