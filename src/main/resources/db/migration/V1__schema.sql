-- The whole of what the service knows. The same text runs on MySQL 8.4+/9 and MariaDB 10.6+.
--
-- Times are UTC (every connection sets its time_zone). Ids that leave the service are UUIDv7 (RFC 9562) in BINARY(16):
-- time-ordered, so a primary key is also the order of creation, and not to be guessed. Keys of a tenant's things start
-- with the tenant. JSON is kept as text: MariaDB's driver answers a JSON column with a string, MySQL's with an object.
-- Names compare by bytes (utf8mb4_bin): a platform's user ids are case-sensitive.
-- The hot tables (job, report, file, delivery, audit_event, run_delta) have no foreign keys: each would lock its parent's row on
-- every insert.

CREATE TABLE tenant (
    id             INT          NOT NULL AUTO_INCREMENT,
    slug           VARCHAR(80)  NOT NULL,
    name           VARCHAR(200) NOT NULL,
    zone           VARCHAR(64)  NOT NULL,
    locale         VARCHAR(35)  NOT NULL,
    color          CHAR(7)      NOT NULL,
    sender_name    VARCHAR(200) NULL,
    reply_to       VARCHAR(254) NULL,
    retention_days INT          NULL,
    link_ttl_days  INT          NULL,
    created_at     DATETIME(6)  NOT NULL,
    updated_at     DATETIME(6)  NOT NULL,
    -- An ended tenant keeps its rows for proof; its slug becomes 'slug~id', so that the name is free and nobody inherits them.
    ended_at       DATETIME(6)  NULL,
    PRIMARY KEY (id) COMMENT 'the tenant of any of its things',
    UNIQUE KEY tenant_slug (slug) COMMENT 'Tenants.find: the tenant that a token or a path names; Tenants.list in its order'
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE recipient (
    tenant_id  INT          NOT NULL,
    id         BIGINT       NOT NULL AUTO_INCREMENT,
    user_id    VARCHAR(128) NOT NULL,
    name       VARCHAR(200) NOT NULL,
    email      VARCHAR(254) NOT NULL,
    locale     VARCHAR(35)  NULL,
    tags       TEXT         NOT NULL,
    active     BOOLEAN      NOT NULL,
    created_at DATETIME(6)  NOT NULL,
    updated_at DATETIME(6)  NOT NULL,
    ended_at   DATETIME(6)  NULL,
    PRIMARY KEY (tenant_id, id) COMMENT 'RunChunks: the next recipients of a run; Recipients.list',
    UNIQUE KEY recipient_user (tenant_id, user_id) COMMENT 'Recipients.find: one by the platform''s user id; upserts',
    KEY recipient_id (id) COMMENT 'AUTO_INCREMENT needs an index of its own',
    CONSTRAINT recipient_of_tenant FOREIGN KEY (tenant_id) REFERENCES tenant (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The built-in report's data. dimension '' is the total of a day; other rows are its parts.
CREATE TABLE metric (
    tenant_id INT            NOT NULL,
    metric    VARCHAR(64)    NOT NULL,
    day       DATE           NOT NULL,
    dimension VARCHAR(190)   NOT NULL DEFAULT '',
    value     DECIMAL(24, 4) NOT NULL,
    PRIMARY KEY (tenant_id, metric, day, dimension) COMMENT 'weekly-business: a metric''s days; upserts',
    KEY metric_day (tenant_id, day) COMMENT 'weekly-business kpis.sql: which metrics have figures in a week',
    CONSTRAINT metric_of_tenant FOREIGN KEY (tenant_id) REFERENCES tenant (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE schedule (
    tenant_id      INT          NOT NULL,
    id             BINARY(16)   NOT NULL,
    definition     VARCHAR(100) NOT NULL,
    weekday        TINYINT      NOT NULL, -- ISO 8601: 1 is Monday
    send_time      CHAR(5)      NOT NULL, -- HH:mm in the tenant's zone
    window_minutes INT          NOT NULL,
    formats        VARCHAR(100) NOT NULL,
    delivery       VARCHAR(12)  NOT NULL,
    audience       TEXT         NULL,
    owner          VARCHAR(254) NOT NULL,
    catch_up       VARCHAR(8)   NOT NULL,
    approval       VARCHAR(8)   NOT NULL,
    paused         BOOLEAN      NOT NULL,
    next_run_at    DATETIME(6)  NULL,     -- null while paused: the tick's index holds only what can fire
    created_at     DATETIME(6)  NOT NULL,
    updated_at     DATETIME(6)  NOT NULL,
    ended_at       DATETIME(6)  NULL,
    PRIMARY KEY (tenant_id, id) COMMENT 'Schedules.find, Schedules.list',
    UNIQUE KEY schedule_id (id) COMMENT 'an operator looks a schedule up by its id alone',
    KEY schedule_due (next_run_at, id) COMMENT 'Tick: what is due, in keyset pages',
    CONSTRAINT schedule_of_tenant FOREIGN KEY (tenant_id) REFERENCES tenant (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE run (
    tenant_id      INT          NOT NULL,
    id             BINARY(16)   NOT NULL,
    definition     VARCHAR(100) NOT NULL,
    period         CHAR(8)      NOT NULL,
    revision       INT          NOT NULL,
    -- The schedule that fired, or zeros for a run by hand: two schedules with different audiences have a run each, and a
    -- second tick or replica none.
    schedule_id    BINARY(16)   NOT NULL,
    triggered_by   VARCHAR(12)  NOT NULL,
    actor          VARCHAR(150) NOT NULL,
    state          VARCHAR(12)  NOT NULL,
    formats        VARCHAR(100) NOT NULL,
    delivery       VARCHAR(12)  NOT NULL,
    window_minutes INT          NOT NULL,
    due            INT          NOT NULL, -- grows with each chunk, frozen once the run has left 'enqueuing'
    enqueued_to    BIGINT       NOT NULL, -- the cursor: the last recipient that has a report of this run
    started_at     DATETIME(6)  NOT NULL,
    finished_at    DATETIME(6)  NULL,
    PRIMARY KEY (tenant_id, id) COMMENT 'Runs.find, Runs.list newest first',
    UNIQUE KEY run_id (id) COMMENT 'an operator looks a run up by its id alone and lists across tenants',
    UNIQUE KEY run_once (tenant_id, definition, period, revision, schedule_id) COMMENT 'a second tick, replica or restart makes no second run; a period''s latest revision',
    KEY run_state (state, id) COMMENT 'RunEnqueuer: runs whose cursor is open; RunSweeper: runs that may have ended'
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Changes of a run's counters, insert-only, so that no two workers wait for one counter's row. RunSweeper folds them.
CREATE TABLE run_delta (
    id        BIGINT      NOT NULL AUTO_INCREMENT,
    tenant_id INT         NOT NULL,
    run_id    BINARY(16)  NOT NULL,
    status    VARCHAR(12) NOT NULL,
    delta     INT         NOT NULL,
    PRIMARY KEY (id) COMMENT 'RunSweeper: the oldest changes first',
    KEY run_delta_of_run (run_id) COMMENT 'Runs: counts that include what is not folded yet'
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE run_count (
    run_id    BINARY(16)  NOT NULL,
    status    VARCHAR(12) NOT NULL,
    tenant_id INT         NOT NULL,
    n         INT         NOT NULL,
    PRIMARY KEY (run_id, status) COMMENT 'Runs: the counts of a run'
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE report (
    tenant_id          INT           NOT NULL,
    id                 BINARY(16)    NOT NULL,
    recipient_id       BIGINT        NOT NULL,
    definition         VARCHAR(100)  NOT NULL,
    definition_version VARCHAR(64)   NULL,     -- known once it is generated
    period             CHAR(8)       NOT NULL,
    revision           INT           NOT NULL,
    -- Zeros for a run's report; its own id for one asked for on demand, which so never takes the place of the run's.
    request            BINARY(16)    NOT NULL,
    run_id             BINARY(16)    NULL,
    priority           VARCHAR(10)   NOT NULL,
    formats            VARCHAR(100)  NOT NULL,
    delivery           VARCHAR(12)   NOT NULL,
    status             VARCHAR(12)   NOT NULL,
    attempt            INT           NOT NULL,
    error              VARCHAR(1000) NULL,
    created_at         DATETIME(6)   NOT NULL,
    started_at         DATETIME(6)   NULL,
    generated_at       DATETIME(6)   NULL,
    delivered_at       DATETIME(6)   NULL,
    PRIMARY KEY (tenant_id, id) COMMENT 'Reports.find; Reports.list newest first',
    UNIQUE KEY report_id (id) COMMENT 'an operator looks a report up by its id alone and lists across tenants',
    UNIQUE KEY report_once (tenant_id, definition, period, revision, recipient_id, request) COMMENT 'one report per recipient, whoever enqueues again; the filters definition and period',
    KEY report_of_recipient (tenant_id, recipient_id, id) COMMENT 'Reports.list of a viewer, newest first',
    KEY report_of_run (run_id, id) COMMENT 'the filter run'
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE file (
    tenant_id  INT          NOT NULL,
    report_id  BINARY(16)   NOT NULL,
    format     VARCHAR(8)   NOT NULL,
    bytes      BIGINT       NOT NULL,
    sha256     CHAR(64)     NOT NULL,
    path       VARCHAR(300) NOT NULL, -- within the store
    created_at DATETIME(6)  NOT NULL,
    expires_at DATETIME(6)  NOT NULL,
    PRIMARY KEY (tenant_id, report_id, format) COMMENT 'the files of a report'
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Work that is waiting or under way, and nothing else: a finished job's row is deleted, so that a claim costs the same after ten
-- reports or ten million. due_at means, by state: ready since · leased until · scheduled for.
CREATE TABLE job (
    id           BIGINT      NOT NULL AUTO_INCREMENT,
    lane         ENUM ('generate', 'deliver')         NOT NULL,
    state        ENUM ('ready', 'leased', 'scheduled') NOT NULL,
    priority     TINYINT     NOT NULL, -- 0 on demand, 1 bulk
    turn         BIGINT      NOT NULL, -- virtual time, given when the job becomes ready
    tenant_id    INT         NOT NULL,
    report_id    BINARY(16)  NOT NULL,
    attempt      INT         NOT NULL,
    due_at       DATETIME(6) NOT NULL,
    lease_token  BIGINT      NULL,
    leased_at    DATETIME(6) NULL,
    -- A dialogue with the mail server was begun under this attempt or an earlier one whose end nobody saw.
    handing_over BOOLEAN     NOT NULL,
    created_at   DATETIME(6) NOT NULL,
    PRIMARY KEY (id) COMMENT 'Leases: extend, hand over, lock to finish',
    UNIQUE KEY job_of_report (report_id, lane) COMMENT 'one job of a lane a report; Reports reads generating and delivering off it',
    KEY job_head (lane, state, priority, turn, id) COMMENT 'Leases.claim: the head of a lane, in order',
    KEY job_due (state, due_at) COMMENT 'JobStager: scheduled jobs whose time has come; JobRescuer: leases that ran out'
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Start-time fair queueing: the turn at which a lane is, and the last turn each tenant was given.
CREATE TABLE lane_turn (
    lane     ENUM ('generate', 'deliver') NOT NULL,
    priority TINYINT NOT NULL,
    turn     BIGINT  NOT NULL,
    PRIMARY KEY (lane, priority) COMMENT 'Turns: virtual time, moved on by each claim'
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

INSERT INTO lane_turn (lane, priority, turn)
VALUES ('generate', 0, 0), ('generate', 1, 0), ('deliver', 0, 0), ('deliver', 1, 0);

CREATE TABLE tenant_turn (
    lane      ENUM ('generate', 'deliver') NOT NULL,
    priority  TINYINT NOT NULL,
    tenant_id INT     NOT NULL,
    turn      BIGINT  NOT NULL,
    PRIMARY KEY (lane, priority, tenant_id) COMMENT 'Turns.reserve: the next turns of a tenant'
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE delivery (
    tenant_id      INT           NOT NULL,
    report_id      BINARY(16)    NOT NULL,
    number         INT           NOT NULL,
    mode           VARCHAR(12)   NOT NULL,
    address        VARCHAR(254)  NOT NULL,
    message_id     VARCHAR(150)  NOT NULL,
    attempts       INT           NOT NULL,
    outcome        VARCHAR(12)   NULL,     -- null until the first dialogue has ended one way or another
    unknown_before BOOLEAN       NOT NULL, -- an earlier attempt may have gone out: this one may be the second
    reply          VARCHAR(1000) NULL,
    began_at       DATETIME(6)   NOT NULL,
    ended_at       DATETIME(6)   NULL,
    PRIMARY KEY (tenant_id, report_id, number) COMMENT 'the deliveries of a report'
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE audit_event (
    id        BIGINT       NOT NULL AUTO_INCREMENT,
    tenant_id INT          NULL,
    at        DATETIME(6)  NOT NULL,
    actor     VARCHAR(150) NOT NULL,
    action    VARCHAR(50)  NOT NULL,
    subject   VARCHAR(150) NOT NULL, -- what it happened to: the id of a report, run, schedule, recipient or tenant
    detail    TEXT         NULL,
    PRIMARY KEY (id) COMMENT 'the order in which things happened',
    KEY audit_event_subject (tenant_id, subject, id) COMMENT 'AuditTrail: what happened to one report and its run, oldest first'
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The next free moment to hand a mail over, for all processes together.
CREATE TABLE send_rate (
    id      TINYINT     NOT NULL,
    next_at DATETIME(6) NOT NULL,
    PRIMARY KEY (id) COMMENT 'SendRate: the one row'
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

INSERT INTO send_rate (id, next_at)
VALUES (1, '2000-01-01 00:00:00');
