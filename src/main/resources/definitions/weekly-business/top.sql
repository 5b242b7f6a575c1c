-- The top contributors to the first metric that has dimensions this week: up to 500 rows, with their share of the total of all dimensions.
WITH leader AS (
  SELECT m.metric
  FROM metric m
  JOIN tenant t ON t.id = m.tenant_id
  WHERE t.slug = :tenant AND m.day >= :from AND m.day < :to AND m.dimension <> ''
  GROUP BY m.metric
  ORDER BY CASE m.metric WHEN 'revenue' THEN 1 WHEN 'orders' THEN 2 WHEN 'customers' THEN 3 WHEN 'visitors' THEN 4 ELSE 5 END, m.metric
  LIMIT 1
),
parts AS (
  SELECT m.metric, m.dimension,
         SUM(CASE WHEN m.day >= :from THEN m.value END) AS value,
         SUM(CASE WHEN m.day < :from THEN m.value END) AS previous
  FROM metric m
  JOIN tenant t ON t.id = m.tenant_id
  JOIN leader l ON l.metric = m.metric
  WHERE t.slug = :tenant AND m.day >= :previous_from AND m.day < :to AND m.dimension <> ''
  GROUP BY m.metric, m.dimension
)
SELECT p.metric AS metric, p.dimension AS name, p.value AS value, p.previous AS previous,
       p.value / NULLIF(SUM(p.value) OVER (), 0) AS share
FROM parts p
WHERE p.value IS NOT NULL
ORDER BY p.value DESC, p.dimension
LIMIT 500
