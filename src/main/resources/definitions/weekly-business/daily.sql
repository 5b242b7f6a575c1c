-- The days of this week and the week before, of the metrics that are shown: the small lines beside the key figures.
WITH shown AS (
  SELECT m.metric
  FROM metric m
  JOIN tenant t ON t.id = m.tenant_id
  WHERE t.slug = :tenant AND m.day >= :from AND m.day < :to
  GROUP BY m.metric
  ORDER BY CASE m.metric WHEN 'revenue' THEN 1 WHEN 'orders' THEN 2 WHEN 'customers' THEN 3 WHEN 'visitors' THEN 4 ELSE 5 END, m.metric
  LIMIT 4
)
SELECT m.metric AS metric, m.day AS day, COALESCE(SUM(CASE WHEN m.dimension = '' THEN m.value END), SUM(m.value)) AS value
FROM metric m
JOIN tenant t ON t.id = m.tenant_id
JOIN shown s ON s.metric = m.metric
WHERE t.slug = :tenant AND m.day >= :previous_from AND m.day < :to
GROUP BY m.metric, m.day
ORDER BY m.metric, m.day
