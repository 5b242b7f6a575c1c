-- Every metric over eight weeks, this one last, each by its Monday. Weeks without data are rows without a value, so that lines have gaps.
WITH totals AS (
  SELECT m.metric, m.day, COALESCE(SUM(CASE WHEN m.dimension = '' THEN m.value END), SUM(m.value)) AS value
  FROM metric m
  JOIN tenant t ON t.id = m.tenant_id
  WHERE t.slug = :tenant AND m.day >= CAST(:from AS DATE) - INTERVAL 7 WEEK AND m.day < :to
  GROUP BY m.metric, m.day
),
metrics AS (
  SELECT DISTINCT d.metric
  FROM totals d
  WHERE d.day >= :from
),
weeks AS (
  SELECT 7 AS ago UNION ALL SELECT 6 UNION ALL SELECT 5 UNION ALL SELECT 4
  UNION ALL SELECT 3 UNION ALL SELECT 2 UNION ALL SELECT 1 UNION ALL SELECT 0
)
SELECT l.metric AS metric, CAST(:from AS DATE) - INTERVAL w.ago WEEK AS monday, SUM(d.value) AS value
FROM weeks w
CROSS JOIN metrics l
LEFT JOIN totals d ON d.metric = l.metric
                  AND d.day >= CAST(:from AS DATE) - INTERVAL w.ago WEEK
                  AND d.day < CAST(:to AS DATE) - INTERVAL w.ago WEEK
GROUP BY l.metric, w.ago
ORDER BY l.metric, w.ago DESC
