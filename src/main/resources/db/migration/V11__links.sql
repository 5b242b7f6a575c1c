-- Links that open a file without a sign-in. A link's token is not stored: the key signs it anew. The MAC protects the row against changes
-- by others than the service. The same text runs on MySQL 8.4+/9 and MariaDB 10.6+.
CREATE TABLE link (
    tenant_id    INT          NOT NULL,
    id           BINARY(16)   NOT NULL,
    report_id    BINARY(16)   NOT NULL,
    format       VARCHAR(8)   NOT NULL,
    delivery     INT          NULL,     -- the number of the delivery whose mail contains it; null for a link that a user made
    key_id       VARCHAR(32)  NOT NULL, -- the id of the key that signs its token and makes its MAC
    mac          BINARY(32)   NOT NULL, -- over tenant, id, report, format, key and expiry
    created_by   VARCHAR(150) NOT NULL,
    created_at   DATETIME(6)  NOT NULL,
    expires_at   DATETIME(6)  NOT NULL,
    revoked_at   DATETIME(6)  NULL,
    last_used_at DATETIME(6)  NULL,
    PRIMARY KEY (tenant_id, id) COMMENT 'Links: revoke a link, record its use',
    UNIQUE KEY link_id (id) COMMENT 'OpenedLinks: the link that a token names',
    UNIQUE KEY link_of_delivery (tenant_id, report_id, delivery, format)
        COMMENT 'one link per mail and file in all its attempts; the links of a report',
    KEY link_live (expires_at, key_id, revoked_at) COMMENT 'LinkKeys: the keys of links that have not expired'
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE /*!80000 utf8mb4_0900_bin *//*M!100200 utf8mb4_nopad_bin */;
