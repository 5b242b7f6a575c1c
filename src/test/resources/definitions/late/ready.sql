-- 'loaded' is 1 when the day after the week is loaded, 2 is a broken query
SELECT CASE value WHEN 2 THEN (SELECT 1 UNION ALL SELECT 2) ELSE value END
FROM metric
WHERE tenant_id = (SELECT id FROM tenant WHERE slug = :tenant) AND metric = 'loaded' AND day = :to AND dimension = ''
