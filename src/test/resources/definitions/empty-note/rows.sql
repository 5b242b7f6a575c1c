SELECT m.metric AS name
FROM metric m
JOIN tenant t ON t.id = m.tenant_id
WHERE t.slug = :tenant AND m.day >= :from AND m.day < :to
