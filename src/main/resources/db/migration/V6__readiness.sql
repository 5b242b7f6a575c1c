-- Runs that wait for their data, and mails to owners about more than deadlines. The same text runs on MySQL 8.4+/9 and MariaDB 10.6+.

-- A run whose definition has a readiness query, from its beginning until the data are there, the wait is over or somebody decides.
CREATE TABLE run_wait (
    tenant_id  INT           NOT NULL,
    run_id     BINARY(16)    NOT NULL,
    wait_until DATETIME(6)   NOT NULL, -- then it is asked for the last time
    ask_at     DATETIME(6)   NOT NULL, -- while it is being asked: when somebody else may
    asked      INT           NOT NULL,
    fault      VARCHAR(1000) NULL,     -- why the last question had no answer
    PRIMARY KEY (tenant_id, run_id) COMMENT 'WaitingRuns: whether a run waits',
    KEY run_wait_ask (ask_at) COMMENT 'WaitingRuns: those that are to be asked'
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- It may have waited for its data for longer than somebody has to approve it.
ALTER TABLE run
    ADD COLUMN held_at DATETIME(6) NULL; -- since when somebody has to decide

UPDATE run
SET held_at = started_at
WHERE state = 'held';

-- One mail a run of each kind, and each is tried for so long from when it was written.
RENAME TABLE deadline_mail TO owner_mail;

ALTER TABLE owner_mail
    ADD COLUMN about      VARCHAR(12) NOT NULL DEFAULT 'deadline' AFTER run_id,
    ADD COLUMN created_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    DROP PRIMARY KEY,
    ADD PRIMARY KEY (run_id, about) COMMENT 'OwnerMails: one mail a run of each kind',
    DROP KEY deadline_mail_due,
    ADD KEY owner_mail_due (due_at) COMMENT 'OwnerMails: those whose time has come';
