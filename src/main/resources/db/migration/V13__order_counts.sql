-- How many reports on demand and test-sends a tenant has ordered in the current hour. There is one row for each tenant and kind.
-- The same text runs on MySQL 8.4+/9 and MariaDB 10.6+.
CREATE TABLE order_count (
    tenant_id INT         NOT NULL,
    kind      VARCHAR(12) NOT NULL,
    hour      DATETIME    NOT NULL,
    orders    INT         NOT NULL,
    PRIMARY KEY (tenant_id, kind) COMMENT 'OrderCounts: the count of a tenant'
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE /*!80000 utf8mb4_0900_bin *//*M!100200 utf8mb4_nopad_bin */;
