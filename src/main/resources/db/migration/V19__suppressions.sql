-- Addresses that get no mail of a tenant, and the weeks in which a full mailbox refused one. The same text runs on MySQL 8.4+/9 and
-- MariaDB 10.6+.
CREATE TABLE suppression (
    tenant_id INT           NOT NULL,
    id        BINARY(16)    NOT NULL,
    address   VARCHAR(254)  NOT NULL, -- in its normal form: io.weekly.delivery.suppression.NormalAddress
    reason    VARCHAR(16)   NOT NULL, -- bounced, complained, soft-bounces, unsubscribed or manual
    detail    VARCHAR(1000) NOT NULL, -- what the mail system or the person said
    count     INT           NOT NULL, -- how many times there was a reason
    first_at  DATETIME(6)   NOT NULL,
    last_at   DATETIME(6)   NOT NULL,
    PRIMARY KEY (tenant_id, id) COMMENT 'Suppressions.list: the suppressions of a tenant in the order of their creation',
    UNIQUE KEY suppression_address (tenant_id, address) COMMENT 'Suppressions.find: whether an address gets mail'
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE /*!80000 utf8mb4_0900_bin *//*M!100200 utf8mb4_nopad_bin */;

CREATE TABLE soft_bounce (
    tenant_id INT          NOT NULL,
    address   VARCHAR(254) NOT NULL,
    period    CHAR(8)      NOT NULL, -- the ISO week of the report: 2026-W47
    dialogue  BOOLEAN      NOT NULL, -- whether the server said so in the dialogue; false for what a mail system said later
    at        DATETIME(6)  NOT NULL,
    PRIMARY KEY (tenant_id, address, period) COMMENT 'SoftBounces: the weeks of an address',
    KEY soft_bounce_at (at) COMMENT 'SoftBounces.deleteOld: the oldest first'
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE /*!80000 utf8mb4_0900_bin *//*M!100200 utf8mb4_nopad_bin */;

-- False for an older process that does not know it.
ALTER TABLE preference
    ADD COLUMN unsubscribed_from_all BOOLEAN NOT NULL DEFAULT FALSE; -- whether no run mails the recipient
