-- Letters to the owners of schedules: where they go if the address of an owner bounces, which ones were sent, and up to when the weekly
-- digests are written. An older process can write while this runs: each new column has a default. An older process does not know the
-- letters of kind 'digest'; it logs an error until a newer one has sent them. The same text runs on MySQL 8.4+/9 and MariaDB 10.6+.

ALTER TABLE tenant
    ADD COLUMN fallback_address VARCHAR(254) NULL; -- gets the letters to owners whose addresses bounce

ALTER TABLE owner_mail
    -- The address of the owner if it bounced: the letter goes to the tenant's fallback address then. Null if it goes to the owner.
    ADD COLUMN bounced_address VARCHAR(254) NULL;

-- Letters that the mail server took, for 30 days: a bounce may come later, and names the letter by its Message-ID.
CREATE TABLE owner_letter (
    message_id      VARCHAR(320) NOT NULL,
    tenant_id       INT          NOT NULL,
    subject_id      BINARY(16)   NOT NULL, -- the run, or the digest
    about           VARCHAR(12)  NOT NULL,
    address         VARCHAR(254) NOT NULL,
    bounced_address VARCHAR(254) NULL,     -- as in owner_mail
    subject         VARCHAR(400) NOT NULL,
    body            TEXT         NULL,     -- for five days: as long as mail systems try to deliver a mail (RFC 5321, 4.5.4.1)
    sent_at         DATETIME(6)  NOT NULL,
    bounced_at      DATETIME(6)  NULL,
    PRIMARY KEY (message_id) COMMENT 'SentLetters.bounced: the letter that bounced',
    KEY owner_letter_age (sent_at) COMMENT 'SentLetters.prune: old ones',
    KEY owner_letter_tenant (tenant_id, sent_at) COMMENT 'SentLetters.to: the letters to a person'
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE /*!80000 utf8mb4_0900_bin *//*M!100200 utf8mb4_nopad_bin */;

-- Addresses of owners that bounced. A row is deleted when a later letter arrives.
CREATE TABLE owner_problem (
    tenant_id   INT           NOT NULL,
    address     VARCHAR(254)  NOT NULL, -- in lower case
    reason      VARCHAR(1000) NOT NULL,
    since       DATETIME(6)   NOT NULL,
    late        BOOLEAN       NOT NULL, -- the bounce came after the mail server had taken the letter
    accepted_at DATETIME(6)   NULL,     -- when the mail server took the first letter after a late bounce
    PRIMARY KEY (tenant_id, address) COMMENT 'Schedules: the problem of an owner',
    KEY owner_problem_accepted (accepted_at) COMMENT 'AddressProblems.settle: those that did not bounce again'
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE /*!80000 utf8mb4_0900_bin *//*M!100200 utf8mb4_nopad_bin */;

-- Up to when the digests of a tenant are written.
CREATE TABLE owner_digest (
    tenant_id  INT         NOT NULL,
    written_to DATETIME(6) NOT NULL,
    PRIMARY KEY (tenant_id) COMMENT 'DigestTurns: one process writes the digests of a week'
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE /*!80000 utf8mb4_0900_bin *//*M!100200 utf8mb4_nopad_bin */;
