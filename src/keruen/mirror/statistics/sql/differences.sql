-- Coded differences of the linked lines beyond the tolerances: 20 kg or 2 %, one package, 5 % of the value.
SELECT export_id, import_id, 'net-mass-differs' AS code, e_grams / CAST(1000 AS DOUBLE) AS declared,
       i_grams / CAST(1000 AS DOUBLE) AS found, greatest(CAST(20 AS DOUBLE), CAST(0.02 AS DOUBLE) * e_grams / 1000) AS tolerance,
       (i_grams - e_grams) / CAST(1000 AS DOUBLE) AS amount
FROM pairs WHERE abs(i_grams - e_grams) > greatest(20000, CAST(0.02 AS DOUBLE) * e_grams)
UNION ALL
SELECT export_id, import_id, CASE WHEN i_packages < e_packages THEN 'quantity-short' ELSE 'quantity-over' END,
       e_packages, i_packages, CAST(1 AS DOUBLE), i_packages - e_packages
FROM pairs WHERE NOT parted AND abs(i_packages - e_packages) > 1
UNION ALL
SELECT export_id, import_id, 'value-differs', e_cents / CAST(100 AS DOUBLE), i_cents / CAST(100 AS DOUBLE),
       CAST(0.05 AS DOUBLE) * e_cents / 100, (i_cents - e_cents) / CAST(100 AS DOUBLE)
FROM judged WHERE abs(i_cents - e_cents - freight) > CAST(0.05 AS DOUBLE) * e_cents
UNION ALL
SELECT export_id, import_id, CASE WHEN moved_by = 'hs-edition' THEN 'hs-edition-differs' ELSE 'other-hs6' END,
       CAST(e_hs6 AS DOUBLE), CAST(i_hs6 AS DOUBLE), CAST(NULL AS DOUBLE), e_cents / CAST(100 AS DOUBLE)
FROM judged WHERE e_hs6 <> i_hs6
