-- Of the runs that are under way, those whose jobs are to be let go. The same text runs on MySQL 8.4+/9 and MariaDB 10.6+.

ALTER TABLE run
    ADD KEY run_approved (held_jobs, state, id) COMMENT 'RunEnqueuer: approved runs whose jobs still wait, however many are under way';
