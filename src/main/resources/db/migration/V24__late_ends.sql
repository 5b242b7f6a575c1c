-- When a report of a finished run ended in another way, because a mail system said later that its mail did not arrive.
-- The digests of owners read it. An older process can write while this runs: it does not know the column. The same text runs on MySQL 8.4+/9 and MariaDB 10.6+.
ALTER TABLE run
    ADD COLUMN late_at DATETIME(6) NULL; -- the last time, to within five minutes
