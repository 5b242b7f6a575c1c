-- Seals of the audit trail: signed statements about ranges of its events. The same text runs on MySQL 8.4+/9 and MariaDB 10.6+.

-- No row is ever updated or deleted: the service's database user may only insert and read them.
CREATE TABLE audit_seal (
    number    BIGINT      NOT NULL, -- 1, 2, 3, without gaps
    first_id  BIGINT      NOT NULL, -- the range of ids follows on that of the seal before; last_id = first_id - 1 if it is empty
    last_id   BIGINT      NOT NULL,
    gaps      MEDIUMTEXT  NULL,     -- ids of the range that no event had: 17,20-25
    late_ids  MEDIUMTEXT  NULL,     -- events of earlier ranges that became visible after their range was sealed
    events    INT         NOT NULL,
    oldest_at DATETIME(6) NULL,     -- of the events
    newest_at DATETIME(6) NULL,
    hash      CHAR(64)    NOT NULL, -- SHA-256 over the events
    previous  CHAR(64)    NOT NULL, -- SHA-256 over the statement of the seal before; zeros for the first
    sealed_at DATETIME(6) NOT NULL, -- the database's time
    pruned_to BIGINT      NULL,     -- says that the events of the seals up to this number were removed
    key_id    VARCHAR(32) NOT NULL,
    signature VARCHAR(88) NOT NULL, -- Ed25519 over the statement, in Base64
    PRIMARY KEY (number) COMMENT 'the chain; Seals.head: the newest',
    KEY audit_seal_time (sealed_at, number) COMMENT 'LateEvents: the seals of the last hour',
    KEY audit_seal_pruned (pruned_to, number) COMMENT 'SealQueries.NEWEST_PRUNING: up to which seal events were removed',
    KEY audit_seal_key (key_id) COMMENT 'SealKeyUses: the seals of each key'
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE /*!80000 utf8mb4_0900_bin *//*M!100200 utf8mb4_nopad_bin */;

-- Its one row is locked while a seal is made, and says when the next pass may begin.
CREATE TABLE audit_sealing (
    id      TINYINT     NOT NULL,
    next_at DATETIME(6) NOT NULL,
    PRIMARY KEY (id) COMMENT 'SealTurns.take: the one row'
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE /*!80000 utf8mb4_0900_bin *//*M!100200 utf8mb4_nopad_bin */;

INSERT INTO audit_sealing (id, next_at)
VALUES (1, '2000-01-01 00:00:00');

-- The newest id at some moments of the last minutes: what had no id then began after that moment.
CREATE TABLE audit_mark (
    at      DATETIME(6) NOT NULL,
    last_id BIGINT      NOT NULL,
    PRIMARY KEY (at) COMMENT 'SealTurns.settled: the newest mark that is old enough'
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE /*!80000 utf8mb4_0900_bin *//*M!100200 utf8mb4_nopad_bin */;
