-- The seven days of the first metric, each with the same weekday of the week before. Days without data are rows without a value.
WITH leader AS (
  SELECT m.metric
  FROM metric m
  JOIN tenant t ON t.id = m.tenant_id
  WHERE t.slug = :tenant AND m.day >= :from AND m.day < :to
  GROUP BY m.metric
  ORDER BY CASE m.metric WHEN 'revenue' THEN 1 WHEN 'orders' THEN 2 WHEN 'customers' THEN 3 WHEN 'visitors' THEN 4 ELSE 5 END, m.metric
  LIMIT 1
),
totals AS (
  SELECT m.day, COALESCE(SUM(CASE WHEN m.dimension = '' THEN m.value END), SUM(m.value)) AS value
  FROM metric m
  JOIN tenant t ON t.id = m.tenant_id
  JOIN leader l ON l.metric = m.metric
  WHERE t.slug = :tenant AND m.day >= :previous_from AND m.day < :to
  GROUP BY m.day
),
week AS (
  SELECT 0 AS n UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6
)
SELECT l.metric AS metric,
       CAST(:from AS DATE) + INTERVAL w.n DAY AS day,
       this_week.value AS value,
       last_week.value AS previous
FROM week w
CROSS JOIN leader l
LEFT JOIN totals this_week ON this_week.day = CAST(:from AS DATE) + INTERVAL w.n DAY
LEFT JOIN totals last_week ON last_week.day = CAST(:previous_from AS DATE) + INTERVAL w.n DAY
ORDER BY w.n
