-- Lines of the importer's declarations as they are counted; the trader is the exporter here, too.
SELECT import_id, flow, hs6, hs_edition, date, CAST(date_trunc('month', date) AS DATE) AS month,
       mode, office, coalesce(exporter_id, exporter_name) AS trader,
       reference, transport_document, CAST(round(net_mass_kg * 1000) AS BIGINT) AS grams, packages, 1 AS line,
       CAST(round(coalesce(value_usd, 0) * 100) AS BIGINT) AS cents, CAST(round(freight_usd * 100) AS BIGINT) AS freight,
       procedure, country_of_dispatch, country_of_origin, invoicing_country
FROM imports
