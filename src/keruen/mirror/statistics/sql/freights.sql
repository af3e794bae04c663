-- Freight of the linked lines of each cell: as declared, and as the factor has it.
SELECT $columns, CAST(sum(declared_freight) AS BIGINT) AS freight_declared,
       CAST(sum(factor_freight) AS BIGINT) AS freight_factor
FROM (SELECT i_flow AS flow, i_hs6 AS hs6, i_month AS month, mode, office, trader, declared_freight, factor_freight
      FROM judged) here
GROUP BY ALL
