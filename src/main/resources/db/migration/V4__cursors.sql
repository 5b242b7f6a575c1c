-- A run has several cursors, so that several transactions, of any process, give it its reports at the same time. A cursor's row is there
-- while there is something left to do behind it; a run is enqueued when it has none any more.
CREATE TABLE run_cursor (
    tenant_id   INT        NOT NULL,
    run_id      BINARY(16) NOT NULL,
    part        INT        NOT NULL,
    enqueued_to BIGINT     NOT NULL, -- recipients with a greater id than this …
    up_to       BIGINT     NOT NULL, -- … up to and with this one are still to be done
    PRIMARY KEY (tenant_id, run_id, part) COMMENT 'RunCursors.take: one that nobody is at; RunSweeper: whether any is open'
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

INSERT INTO run_cursor (tenant_id, run_id, part, enqueued_to, up_to)
SELECT tenant_id, id, 0, enqueued_to, 9223372036854775807
FROM run
WHERE state = 'enqueuing' OR state = 'running' AND held_jobs;

ALTER TABLE run
    DROP COLUMN enqueued_to;
