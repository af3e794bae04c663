-- Codes that change with the edition of the Harmonized System: as a table of correspondences has it, or, without
-- one, what most of a code's links between these editions say (a misclassification is the exception among them).
WITH seen AS (
  SELECT e_edition, i_edition, e_hs6, i_hs6, count(*) AS links FROM pairs
  WHERE e_edition <> i_edition AND e_hs6 IS NOT NULL AND i_hs6 IS NOT NULL
  GROUP BY e_edition, i_edition, e_hs6, i_hs6
), shared AS (
  SELECT *, sum(links) OVER (PARTITION BY e_edition, i_edition, e_hs6) AS of_export,
         sum(links) OVER (PARTITION BY e_edition, i_edition, i_hs6) AS of_import FROM seen
)
SELECT DISTINCT e_hs6, i_hs6 FROM shared
WHERE e_hs6 <> i_hs6 AND NOT EXISTS (SELECT 1 FROM correlation)
  AND (2 * links > of_export OR 2 * links > of_import)
  AND (links > 1 OR substring(e_hs6, 1, 4) = substring(i_hs6, 1, 4))
UNION
SELECT code, other FROM correlation
