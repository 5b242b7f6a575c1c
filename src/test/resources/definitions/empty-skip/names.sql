SELECT t.name AS whose FROM tenant t WHERE t.slug = :tenant
