-- The sources of the first metric that has dimensions this week.
WITH first_metric AS (
  SELECT m.metric
  FROM metric m
  JOIN tenant t ON t.id = m.tenant_id
  WHERE t.slug = :tenant AND m.day >= :from AND m.day < :to AND m.dimension <> ''
  GROUP BY m.metric
  ORDER BY CASE m.metric WHEN 'active_users' THEN 1 WHEN 'sessions' THEN 2 WHEN 'visitors' THEN 3 WHEN 'customers' THEN 4
                         WHEN 'orders' THEN 5 WHEN 'revenue' THEN 6 ELSE 7 END, m.metric
  LIMIT 1
)
SELECT m.metric AS metric, m.dimension AS name, SUM(m.value) AS value
FROM metric m
JOIN tenant t ON t.id = m.tenant_id
JOIN first_metric f ON f.metric = m.metric
WHERE t.slug = :tenant AND m.day >= :from AND m.day < :to AND m.dimension <> ''
GROUP BY m.metric, m.dimension
ORDER BY SUM(m.value) DESC, m.dimension
LIMIT 50
