-- The key sets that encrypt the files of tenants (docs/encryption.md). A tenant has one from its first encrypted file until its data are
-- erased. The same text runs on MySQL 8.4+/9 and MariaDB 10.6+.
CREATE TABLE file_keys (
    tenant_id  INT           NOT NULL,
    key_id     VARCHAR(32)   NOT NULL, -- weekly.keys.<id>, which the key set is wrapped with
    key_set    VARCHAR(2000) NOT NULL, -- Base64 of the wrapped key set
    created_at DATETIME(6)   NOT NULL,
    wrapped_at DATETIME(6)   NOT NULL,
    PRIMARY KEY (tenant_id) COMMENT 'FileKeyRows: the key set of a tenant'
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE /*!80000 utf8mb4_0900_bin *//*M!100200 utf8mb4_nopad_bin */;
