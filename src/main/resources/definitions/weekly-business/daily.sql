-- The days of this week and the week before, of each metric: the small lines beside the key figures.
SELECT m.metric AS metric, m.day AS day, COALESCE(SUM(CASE WHEN m.dimension = '' THEN m.value END), SUM(m.value)) AS value
FROM metric m
JOIN tenant t ON t.id = m.tenant_id
WHERE t.slug = :tenant AND m.day >= :previous_from AND m.day < :to
GROUP BY m.metric, m.day
ORDER BY m.metric, m.day
