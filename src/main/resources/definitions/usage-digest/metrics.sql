-- Each metric that was recorded this week or the week before: both totals, how many days had figures, and its best day.
-- A day's total is its row without a dimension; where a metric has none, the sum of its dimensions.
WITH totals AS (
  SELECT m.metric, m.day, COALESCE(SUM(CASE WHEN m.dimension = '' THEN m.value END), SUM(m.value)) AS value
  FROM metric m
  JOIN tenant t ON t.id = m.tenant_id
  WHERE t.slug = :tenant AND m.day >= :previous_from AND m.day < :to
  GROUP BY m.metric, m.day
),
best AS (
  SELECT d.metric, d.day, d.value, ROW_NUMBER() OVER (PARTITION BY d.metric ORDER BY d.value DESC, d.day) AS place
  FROM totals d
  WHERE d.day >= :from
)
SELECT m.metric AS metric,
       SUM(CASE WHEN m.day >= :from THEN m.value END) AS value,
       SUM(CASE WHEN m.day < :from THEN m.value END) AS previous,
       COUNT(CASE WHEN m.day >= :from THEN 1 END) AS days,
       MAX(b.day) AS best_day,
       MAX(b.value) AS best_value
FROM totals m
LEFT JOIN best b ON b.metric = m.metric AND b.place = 1
GROUP BY m.metric
HAVING COUNT(CASE WHEN m.day >= :from THEN 1 END) > 0
ORDER BY CASE m.metric WHEN 'active_users' THEN 1 WHEN 'sessions' THEN 2 WHEN 'visitors' THEN 3 WHEN 'customers' THEN 4 WHEN 'orders' THEN 5
                       WHEN 'revenue' THEN 6 ELSE 7 END, m.metric
LIMIT 8
