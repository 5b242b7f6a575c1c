-- When a run has to have balanced, and the mails to owners of those that had not. The same text runs on MySQL 8.4+/9 and MariaDB 10.6+.

ALTER TABLE run
    ADD COLUMN deadline_at DATETIME(6) NULL, -- null while it is held, and where it had ended before there were deadlines
    ADD COLUMN judged_at   DATETIME(6) NULL, -- once, at its deadline
    ADD KEY run_deadline (judged_at, deadline_at) COMMENT 'RunDeadlines: whose deadline has passed and nobody has judged';

-- A day after its window, which is what the setting says by default.
UPDATE run
SET deadline_at = started_at + INTERVAL (window_minutes + 1440) MINUTE
WHERE finished_at IS NULL AND state <> 'held';

-- A mail that is still to go, whole, so that each attempt says the same; its row goes when it has, or when the attempts are used up.
CREATE TABLE deadline_mail (
    run_id    BINARY(16)   NOT NULL,
    tenant_id INT          NOT NULL,
    address   VARCHAR(254) NOT NULL,
    subject   VARCHAR(400) NOT NULL,
    body      TEXT         NOT NULL,
    attempt   INT          NOT NULL,
    due_at    DATETIME(6)  NOT NULL, -- while it is being handed over: when somebody else may try
    PRIMARY KEY (run_id) COMMENT 'DeadlineMails: one mail a run',
    KEY deadline_mail_due (due_at) COMMENT 'DeadlineMails: those whose time has come'
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
