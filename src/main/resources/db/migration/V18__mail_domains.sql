-- Recipients' domains that refuse mails of the service or want fewer of them. Domains without such replies have no row.
CREATE TABLE mail_domain (
    domain        VARCHAR(255)  NOT NULL,
    refusals      INT           NOT NULL DEFAULT 0, -- of the sender, in a row
    reply         VARCHAR(1000) NOT NULL,           -- the last one, without addresses
    refused_at    DATETIME(6)   NULL,
    paused_at     DATETIME(6)   NULL,               -- null while mails are sent
    probes        INT           NOT NULL DEFAULT 0, -- since the pause began
    next_probe_at DATETIME(6)   NULL,               -- one probe at a time: the one that is let through moves this time on
    gap           BIGINT        NOT NULL DEFAULT 0, -- between two mails, in microseconds, when the domain set its last limit; 0 for none
    limited_at    DATETIME(6)   NULL,
    next_at       DATETIME(6)   NULL,               -- the time of the next mail, if the domain is limited
    changed_at    DATETIME(6)   NOT NULL,
    PRIMARY KEY (domain) COMMENT 'MailDomains: read as a whole, changed one by one',
    KEY mail_domain_changed (changed_at) COMMENT 'DomainReplies: rows that nobody has changed for a long time are deleted'
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE /*!80000 utf8mb4_0900_bin *//*M!100200 utf8mb4_nopad_bin */;

-- put_off_at: since when the mail waits without a dialogue. reason: what the last reply was about, so that all such reports can be retried.
ALTER TABLE delivery
    ADD COLUMN put_off_at DATETIME(6) NULL,
    ADD COLUMN reason     VARCHAR(20) NULL;
