SELECT t.name FROM tenant t WHERE t.slug = :tenant
