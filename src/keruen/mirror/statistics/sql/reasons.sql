-- What each reason adds to the gap of each cell.
SELECT $columns, $reason_sums FROM lines GROUP BY ALL
