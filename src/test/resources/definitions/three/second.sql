SELECT t.name, 'second of three' AS which FROM tenant t WHERE t.slug = :tenant
