-- What the whole of the API's contract needs beside the flow: answers kept for an Idempotency-Key, preferences, logos, samples, held
-- runs, paused lanes and the registry of workers. The same text runs on MySQL 8.4+/9 and MariaDB 10.6+.

-- The first answer to a request, for whoever sends it again. Written in the transaction of what the request made.
CREATE TABLE idempotency_key (
    id           BINARY(32)  NOT NULL, -- SHA-256 of tenant, caller, route and key
    request_hash CHAR(64)    NOT NULL, -- of the body: the same key with another one is a mistake
    status       INT         NOT NULL,
    headers      TEXT        NOT NULL,
    body         MEDIUMTEXT  NOT NULL,
    created_at   DATETIME(6) NOT NULL,
    PRIMARY KEY (id) COMMENT 'IdempotencyKeys: was this asked before?',
    KEY idempotency_key_age (created_at) COMMENT 'IdempotencyKeys.prune: what is older than a day'
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What a recipient chose for itself; no row is no choice.
CREATE TABLE preference (
    tenant_id    INT          NOT NULL,
    recipient_id BIGINT       NOT NULL,
    formats      VARCHAR(100) NULL,
    locale       VARCHAR(35)  NULL,
    paused_until DATETIME(6)  NULL,
    unsubscribed TEXT         NOT NULL, -- a JSON list of definitions
    updated_at   DATETIME(6)  NOT NULL,
    PRIMARY KEY (tenant_id, recipient_id) COMMENT 'Preferences.of; ReportStages.assignment'
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE logo (
    tenant_id  INT         NOT NULL,
    media_type VARCHAR(20) NOT NULL,
    bytes      MEDIUMBLOB  NOT NULL,
    sha256     CHAR(64)    NOT NULL,
    updated_at DATETIME(6) NOT NULL,
    PRIMARY KEY (tenant_id) COMMENT 'Logos.find'
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- A paused lane claims nothing, in any process.
CREATE TABLE lane (
    name       ENUM ('generate', 'deliver') NOT NULL,
    paused     BOOLEAN                      NOT NULL,
    changed_at DATETIME(6)                  NOT NULL,
    PRIMARY KEY (name) COMMENT 'Lanes: which are paused'
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

INSERT INTO lane (name, paused, changed_at)
VALUES ('generate', FALSE, '2000-01-01 00:00:00'), ('deliver', FALSE, '2000-01-01 00:00:00');

-- The processes that work lanes, as each of them last said.
CREATE TABLE worker (
    id         BINARY(16)   NOT NULL,
    host       VARCHAR(255) NOT NULL,
    lanes      TEXT         NOT NULL, -- JSON: of each lane what runs, and what ended in the last minute
    started_at DATETIME(6)  NOT NULL,
    last_seen  DATETIME(6)  NOT NULL, -- the database's time
    PRIMARY KEY (id) COMMENT 'Registry: a worker says that it is alive',
    KEY worker_seen (last_seen) COMMENT 'Registry: those that have not been heard of'
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Of its schedule when it fired: who is to get it, who looks at the canaries, and whether its jobs wait for that.
ALTER TABLE run
    ADD COLUMN audience  TEXT         NULL,
    ADD COLUMN approval  VARCHAR(8)   NOT NULL DEFAULT 'none',
    ADD COLUMN owner     VARCHAR(254) NULL,
    ADD COLUMN held_jobs BOOLEAN      NOT NULL DEFAULT FALSE, -- scheduled for never, until somebody approves
    ADD KEY run_open (finished_at, state, id) COMMENT 'RunSweeper, RunCanceller: what has not ended, however much has';

ALTER TABLE report
    -- A sample: mailed to this address and not to its recipient, who does not see it either.
    ADD COLUMN mail_to VARCHAR(254) NULL,
    -- Counts every change, so that a poll can tell from this row alone that there was none.
    ADD COLUMN changes INT          NOT NULL DEFAULT 0;

ALTER TABLE audit_event
    ADD KEY audit_event_tenant (tenant_id, id) COMMENT 'AuditTrail.list of a tenant, newest first';

-- With the lane at its end, the oldest ready job of a lane is found in the index alone.
ALTER TABLE job
    DROP KEY job_due,
    ADD KEY job_due (state, due_at, lane)
        COMMENT 'JobStager: scheduled jobs whose time has come; JobRescuer: leases that ran out; Overview: the oldest that is ready';
