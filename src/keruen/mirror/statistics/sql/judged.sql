-- What moved each link to another cell, and what its difference in value is made of. $factor is CIF over FOB.
WITH restored AS (
  SELECT *,
         CASE WHEN i_cents * CAST(2000 AS DOUBLE) BETWEEN e_cents AND e_cents * CAST(4 AS DOUBLE) THEN i_cents * 1000
              WHEN i_cents BETWEEN e_cents * CAST(500 AS DOUBLE) AND e_cents * CAST(2000 AS DOUBLE)
              THEN CAST(round(i_cents / CAST(1000 AS DOUBLE)) AS BIGINT)
              ELSE i_cents END AS i_restored,
         CASE WHEN e_grams > 0 AND i_grams * CAST(2000 AS DOUBLE) BETWEEN e_grams AND e_grams * CAST(4 AS DOUBLE)
              THEN i_grams / CAST(e_grams AS DOUBLE) * 1000
              WHEN e_grams > 0 AND i_grams BETWEEN e_grams * CAST(500 AS DOUBLE) AND e_grams * CAST(2000 AS DOUBLE)
              THEN i_grams / CAST(e_grams AS DOUBLE) / 1000
              WHEN e_grams > 0 THEN i_grams / CAST(e_grams AS DOUBLE) END AS arrived,
         coalesce(i_freight, e_freight) AS declared_freight,
         CAST(round(e_cents * ($factor - 1)) AS BIGINT) AS factor_freight,
         seller IS NOT NULL AND seller <> substring(e_flow, 1, 2) AND seller <> substring(e_flow, 4, 2)
           AS invoiced_elsewhere
  FROM (SELECT p.*, coalesce(e_invoicing, i_invoicing) AS seller,
               c.e_hs6 IS NOT NULL AND coalesce(e_edition <> i_edition, true) AS corresponds
        FROM pairs p LEFT JOIN editions c ON c.e_hs6 = p.e_hs6 AND c.i_hs6 = p.i_hs6) looked_up
), freighted AS (
  SELECT *, i_cents - i_restored AS units,
         coalesce(declared_freight, factor_freight) AS freight,
         i_restored - e_cents - coalesce(declared_freight, factor_freight) AS beyond_freight,
         CAST(round(e_cents * (coalesce(arrived, 1) - 1)) AS BIGINT) AS by_weight
  FROM restored
), weighed AS (
  SELECT *,
         CASE WHEN abs(by_weight) > CAST(0.02 AS DOUBLE) * e_cents AND abs(beyond_freight - by_weight) < abs(beyond_freight)
              THEN by_weight ELSE 0 END AS weight
  FROM freighted
), left_over AS (
  SELECT *, beyond_freight - weight AS remaining FROM weighed
)
SELECT export_id, import_id, e_flow, i_flow, e_hs6, i_hs6, e_month, i_month, mode, office, trader,
       e_cents, i_cents, declared_freight, factor_freight, units, freight, weight,
       CASE WHEN e_flow <> i_flow AND invoiced_elsewhere AND seller = substring(i_flow, 1, 2)
            THEN 'third-country-invoicing'
            WHEN e_flow <> i_flow THEN 'transit'
            WHEN e_hs6 <> i_hs6 AND corresponds THEN 'hs-edition'
            WHEN e_hs6 IS DISTINCT FROM i_hs6 THEN 'misclassification'
            WHEN e_month IS DISTINCT FROM i_month AND straddles THEN 'split-merge'
            WHEN e_month IS DISTINCT FROM i_month THEN 'period' END AS moved_by,
       CASE WHEN invoiced_elsewhere AND remaining > 0 THEN remaining ELSE 0 END AS invoicing,
       CASE WHEN invoiced_elsewhere AND remaining > 0 THEN 0
            WHEN declared_freight IS NULL AND abs(remaining) <= CAST(0.1 AS DOUBLE) * e_cents THEN 0
            ELSE remaining END AS value,
       CASE WHEN NOT (invoiced_elsewhere AND remaining > 0)
             AND declared_freight IS NULL AND abs(remaining) <= CAST(0.1 AS DOUBLE) * e_cents THEN remaining ELSE 0 END AS unexplained
FROM left_over
