SELECT t.name, 'third of three' AS which FROM tenant t WHERE t.slug = :tenant
