-- What audit events say about persons, in tables that can be erased. Events refer to their rows by hashes. Events from before this
-- migration keep the user ids and addresses that they have. The same text runs on MySQL 8.4+/9 and MariaDB 10.6+.

CREATE TABLE audit_person (
    pseudonym BINARY(16)   NOT NULL, -- the first bytes of the SHA-256 of salt, tenant_id and user_id: io.weekly.audit.Pseudonym
    tenant_id INT          NOT NULL, -- 0 for operators and auditors, who belong to no tenant
    user_id   VARCHAR(128) NOT NULL, -- the platform's id
    salt      BINARY(16)   NOT NULL,
    PRIMARY KEY (pseudonym) COMMENT 'AuditPersons.userIds: who the pseudonyms of events are',
    UNIQUE KEY audit_person_user (tenant_id, user_id) COMMENT 'AuditPersons.pseudonyms: one pseudonym for a person; AuditPersons.erase',
    KEY audit_person_id (user_id) COMMENT 'AuditPersons.everywhere: the pseudonyms of a user id in all tenants'
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE /*!80000 utf8mb4_0900_bin *//*M!100200 utf8mb4_nopad_bin */;

CREATE TABLE audit_text (
    id        BINARY(32)   NOT NULL, -- seconds since 1970 (4 bytes), then 28 bytes of a SHA-256 of the row: io.weekly.audit.StoredText
    tenant_id INT          NOT NULL, -- 0 if the event belongs to no tenant
    -- Whom the text is about: user:<pseudonym>, operator:<pseudonym>, recipient:<number> or mail:<address>; null if nobody knows.
    person    VARCHAR(260) NULL,
    salt      BINARY(16)   NOT NULL,
    text      TEXT         NOT NULL,
    PRIMARY KEY (id) COMMENT 'AuditTexts.find: the texts of events',
    KEY audit_text_person (tenant_id, person) COMMENT 'AuditTexts.erase: the texts about a person, or of a tenant'
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE /*!80000 utf8mb4_0900_bin *//*M!100200 utf8mb4_nopad_bin */;

ALTER TABLE audit_event
    ADD KEY audit_event_actor (actor, id) COMMENT 'AuditTrail.list of one person, newest first';
