-- With :recipient it is read for each report anew: a run's common datasets are read once, and a retry would see them as they were.
SELECT m.metric AS name
FROM metric m
JOIN tenant t ON t.id = m.tenant_id
WHERE t.slug = :tenant AND m.day >= :from AND m.day < :to AND :recipient <> ''
