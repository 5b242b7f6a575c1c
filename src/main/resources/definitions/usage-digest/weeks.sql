-- The metrics of the report over eight weeks up to this one, by their Mondays. Weeks without data are rows without a value, so that
-- lines have gaps.
WITH shown AS (
  SELECT m.metric
  FROM metric m
  JOIN tenant t ON t.id = m.tenant_id
  WHERE t.slug = :tenant AND m.day >= :from AND m.day < :to
  GROUP BY m.metric
  ORDER BY CASE m.metric WHEN 'active_users' THEN 1 WHEN 'sessions' THEN 2 WHEN 'visitors' THEN 3 WHEN 'customers' THEN 4
    WHEN 'orders' THEN 5
                         WHEN 'revenue' THEN 6 ELSE 7 END, m.metric
  LIMIT 8
),
totals AS (
  SELECT m.metric, m.day, COALESCE(SUM(CASE WHEN m.dimension = '' THEN m.value END), SUM(m.value)) AS value
  FROM metric m
  JOIN tenant t ON t.id = m.tenant_id
  JOIN shown s ON s.metric = m.metric
  WHERE t.slug = :tenant AND m.day >= CAST(:from AS DATE) - INTERVAL 7 WEEK AND m.day < :to
  GROUP BY m.metric, m.day
),
weeks AS (
  SELECT 7 AS ago UNION ALL SELECT 6 UNION ALL SELECT 5 UNION ALL SELECT 4
  UNION ALL SELECT 3 UNION ALL SELECT 2 UNION ALL SELECT 1 UNION ALL SELECT 0
)
SELECT s.metric AS metric, CAST(:from AS DATE) - INTERVAL w.ago WEEK AS monday, SUM(d.value) AS value
FROM weeks w
CROSS JOIN shown s
LEFT JOIN totals d ON d.metric = s.metric
                  AND d.day >= CAST(:from AS DATE) - INTERVAL w.ago WEEK
                  AND d.day < CAST(:to AS DATE) - INTERVAL w.ago WEEK
GROUP BY s.metric, w.ago
ORDER BY s.metric, w.ago DESC
