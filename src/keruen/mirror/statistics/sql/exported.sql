-- Lines of the exporter's declarations as they are counted: cents, grams, months; the trader is the exporter.
SELECT export_id, flow, hs6, hs_edition, date, CAST(date_trunc('month', date) AS DATE) AS month,
       mode, office, coalesce(exporter_id, exporter_name) AS trader,
       reference, transport_document, CAST(round(net_mass_kg * 1000) AS BIGINT) AS grams, packages, 1 AS line,
       CAST(round(coalesce(value_usd, 0) * 100) AS BIGINT) AS cents, CAST(round(freight_usd * 100) AS BIGINT) AS freight,
       procedure, country_of_destination, invoicing_country
FROM exports
