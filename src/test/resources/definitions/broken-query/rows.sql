SELECT t.no_such_column FROM tenant t WHERE t.slug = :tenant
