-- What a reader should know about a report that was made all the same. The same text runs on MySQL 8.4+/9 and MariaDB 10.6+.
CREATE TABLE report_warning (
    tenant_id INT        NOT NULL,
    report_id BINARY(16) NOT NULL,
    run_id    BINARY(16) NULL,
    warnings  TEXT       NOT NULL, -- a JSON list of code and message
    PRIMARY KEY (tenant_id, report_id) COMMENT 'Reports: the warnings of a report',
    KEY report_warning_of_run (run_id) COMMENT 'Runs: how many reports of a run have warnings'
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE /*!80000 utf8mb4_0900_bin *//*M!100200 utf8mb4_nopad_bin */;
