-- The first metric over eight weeks up to this one, by their Mondays. Weeks without data are rows without a value.
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
  WHERE t.slug = :tenant AND m.day >= CAST(:from AS DATE) - INTERVAL 7 WEEK AND m.day < :to
  GROUP BY m.day
),
weeks AS (
  SELECT 7 AS ago UNION ALL SELECT 6 UNION ALL SELECT 5 UNION ALL SELECT 4
  UNION ALL SELECT 3 UNION ALL SELECT 2 UNION ALL SELECT 1 UNION ALL SELECT 0
)
SELECT CAST(:from AS DATE) - INTERVAL w.ago WEEK AS monday, SUM(d.value) AS value
FROM weeks w
CROSS JOIN leader l
LEFT JOIN totals d ON d.day >= CAST(:from AS DATE) - INTERVAL w.ago WEEK
                  AND d.day < CAST(:to AS DATE) - INTERVAL w.ago WEEK
GROUP BY w.ago
ORDER BY w.ago DESC
