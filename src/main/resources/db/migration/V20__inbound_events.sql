-- What mail systems say about mails after they took them (docs/inbound.md). The same text runs on MySQL 8.4+/9 and MariaDB 10.6+.

-- The id in the mail server's last reply, by which providers name a mail; null if the reply has none.
ALTER TABLE delivery
    ADD COLUMN server_id VARCHAR(100) NULL,
    ADD KEY delivery_server_id (server_id) COMMENT 'MailMatches: the delivery that a provider names by its own id';

-- Events that were applied, or that changed nothing about a mail of this service, so that a repeated one changes nothing.
CREATE TABLE inbound_event (
    id          BINARY(32)  NOT NULL, -- SHA-256 of the source and of the id that the source gave it
    received_at DATETIME(6) NOT NULL,
    PRIMARY KEY (id) COMMENT 'InboundMemory.remember: was this event received before?',
    KEY inbound_event_age (received_at) COMMENT 'InboundMemory.prune: what is older than 30 days'
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE /*!80000 utf8mb4_0900_bin *//*M!100200 utf8mb4_nopad_bin */;
