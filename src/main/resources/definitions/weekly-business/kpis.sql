-- The week's totals of up to four metrics, with those of the week before.
-- A day's total is its row without a dimension; where a metric has none, the sum of its dimensions.
WITH totals AS (
  SELECT m.metric, m.day, COALESCE(SUM(CASE WHEN m.dimension = '' THEN m.value END), SUM(m.value)) AS value
  FROM metric m
  JOIN tenant t ON t.id = m.tenant_id
  WHERE t.slug = :tenant AND m.day >= :previous_from AND m.day < :to
  GROUP BY m.metric, m.day
)
SELECT m.metric AS metric,
       SUM(CASE WHEN m.day >= :from THEN m.value END) AS value,
       SUM(CASE WHEN m.day < :from THEN m.value END) AS previous
FROM totals m
GROUP BY m.metric
HAVING COUNT(CASE WHEN m.day >= :from THEN 1 END) > 0
ORDER BY CASE m.metric WHEN 'revenue' THEN 1 WHEN 'orders' THEN 2 WHEN 'customers' THEN 3 WHEN 'visitors' THEN 4 ELSE 5 END, m.metric
LIMIT 4
