-- Each link with what both declared of the goods that it ties; of a split or merge, its portion of each.
SELECT t.export_id, t.import_id, t.split OR t.merged AS parted,
       CASE WHEN coalesce(p.e_from, 0) = 0 THEN 1 ELSE 0 END AS e_line,
       CASE WHEN coalesce(p.i_from, 0) = 0 THEN 1 ELSE 0 END AS i_line,
       e.flow AS e_flow, i.flow AS i_flow, e.hs6 AS e_hs6, i.hs6 AS i_hs6,
       e.hs_edition AS e_edition, i.hs_edition AS i_edition, e.month AS e_month, i.month AS i_month,
       coalesce(i.mode, e.mode) AS mode, coalesce(i.office, e.office) AS office,
       coalesce(e.trader, i.trader) AS trader, coalesce(p.straddles, false) AS straddles,
       e.invoicing_country AS e_invoicing, i.invoicing_country AS i_invoicing,
       e.packages AS e_packages, i.packages AS i_packages,
       CAST(round(e.cents * coalesce(p.e_to, 1)) - round(e.cents * coalesce(p.e_from, 0)) AS BIGINT) AS e_cents,
       CAST(round(i.cents * coalesce(p.i_to, 1)) - round(i.cents * coalesce(p.i_from, 0)) AS BIGINT) AS i_cents,
       CAST(round(e.grams * coalesce(p.e_to, 1)) - round(e.grams * coalesce(p.e_from, 0)) AS BIGINT) AS e_grams,
       CAST(round(i.grams * coalesce(p.i_to, 1)) - round(i.grams * coalesce(p.i_from, 0)) AS BIGINT) AS i_grams,
       CAST(round(e.freight * coalesce(p.e_to, 1)) - round(e.freight * coalesce(p.e_from, 0)) AS BIGINT) AS e_freight,
       CAST(round(i.freight * coalesce(p.i_to, 1)) - round(i.freight * coalesce(p.i_from, 0)) AS BIGINT) AS i_freight
FROM ties t
JOIN exported e ON e.export_id = t.export_id
JOIN imported i ON i.import_id = t.import_id
LEFT JOIN portions p ON p.export_id = t.export_id AND p.import_id = t.import_id
