-- Which files the store has deleted, and what is left to erase of persons and of tenants that have ended. The same text runs on
-- MySQL 8.4+/9 and MariaDB 10.6+.

-- A file's row stays: the report still lists the file, and a download is answered with 410.
ALTER TABLE file
    ADD COLUMN deleted_at DATETIME(6) NULL, -- null while the store may have the file
    ADD KEY file_expiry (deleted_at, expires_at) COMMENT 'KeptFiles.due: expired files that the store still has, oldest first';

ALTER TABLE recipient
    ADD COLUMN erased_at         DATETIME(6) NULL,
    ADD COLUMN earlier_addresses MEDIUMTEXT  NULL; -- each on a line of its own, after an empty line; null if it never had another one

ALTER TABLE tenant
    ADD COLUMN erased_at DATETIME(6) NULL,
    ADD KEY tenant_erasure (erased_at, ended_at) COMMENT 'EndedTenants.due: tenants that ended long ago and are not erased';

-- An erasure of one person. User id, pseudonym and addresses are needed to find data of the person, and are deleted at the end.
CREATE TABLE erasure (
    tenant_id    INT          NOT NULL,
    id           BINARY(16)   NOT NULL,
    recipient_id BIGINT       NOT NULL,
    user_id      VARCHAR(128) NULL,
    pseudonym    BINARY(16)   NULL,     -- of the person in audit events until the request
    addresses    MEDIUMTEXT   NULL,     -- all that the person had, each on a line of its own
    requested_at DATETIME(6)  NOT NULL,
    next_at      DATETIME(6)  NOT NULL, -- when a process may be at it again; the database's time
    finished_at  DATETIME(6)  NULL,
    PRIMARY KEY (tenant_id, id) COMMENT 'Erasures.find: the state of an erasure',
    KEY erasure_open (finished_at, next_at) COMMENT 'Erasures.due: those that are under way'
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE /*!80000 utf8mb4_0900_bin *//*M!100200 utf8mb4_nopad_bin */;

-- When a process may search the store for files that no row needs. One row for all processes.
CREATE TABLE store_sweep (
    id      TINYINT     NOT NULL,
    next_at DATETIME(6) NOT NULL,
    PRIMARY KEY (id) COMMENT 'StoreSweeps.take: the one row'
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE /*!80000 utf8mb4_0900_bin *//*M!100200 utf8mb4_nopad_bin */;

INSERT INTO store_sweep (id, next_at)
VALUES (1, '2000-01-01 00:00:00');

-- Tenants whose retention has changed, until all their files have the new date.
CREATE TABLE retention_change (
    tenant_id    INT        NOT NULL,
    after_report BINARY(16) NOT NULL, -- reports up to this one have the new date
    PRIMARY KEY (tenant_id) COMMENT 'RetentionChanges: one change of a tenant'
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE /*!80000 utf8mb4_0900_bin *//*M!100200 utf8mb4_nopad_bin */;
