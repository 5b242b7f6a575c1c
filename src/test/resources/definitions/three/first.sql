SELECT t.name, 'first of three' AS which FROM tenant t WHERE t.slug = :tenant
