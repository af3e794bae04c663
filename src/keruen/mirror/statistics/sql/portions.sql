-- From where to where in its declaration, as shares, each link of a split or merge has its portion: by mass;
-- and whether it straddles months: another of its links has both declarations in one.
WITH weighed AS (
  SELECT t.export_id, t.import_id, greatest(coalesce(e.grams, 1), 1) AS e_weight,
         greatest(coalesce(i.grams, 1), 1) AS i_weight, CASE WHEN e.month = i.month THEN 1 ELSE 0 END AS stays
  FROM ties t
  JOIN exported e ON e.export_id = t.export_id
  JOIN imported i ON i.import_id = t.import_id
  WHERE t.split OR t.merged
), summed AS (
  SELECT export_id, import_id, i_weight, e_weight,
         sum(i_weight) OVER (PARTITION BY export_id ORDER BY import_id
                             ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS e_until,
         sum(i_weight) OVER (PARTITION BY export_id) AS e_whole,
         sum(e_weight) OVER (PARTITION BY import_id ORDER BY export_id
                             ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS i_until,
         sum(e_weight) OVER (PARTITION BY import_id) AS i_whole,
         sum(stays) OVER (PARTITION BY export_id) + sum(stays) OVER (PARTITION BY import_id) AS stays
  FROM weighed
)
SELECT export_id, import_id,
       CAST(e_until - i_weight AS DOUBLE) / CAST(e_whole AS DOUBLE) AS e_from,
       CAST(e_until AS DOUBLE) / CAST(e_whole AS DOUBLE) AS e_to,
       CAST(i_until - e_weight AS DOUBLE) / CAST(i_whole AS DOUBLE) AS i_from,
       CAST(i_until AS DOUBLE) / CAST(i_whole AS DOUBLE) AS i_to,
       stays > 0 AS straddles
FROM summed
