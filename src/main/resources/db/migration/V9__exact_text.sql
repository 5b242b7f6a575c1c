-- Text compares exactly, blanks at its end included. With the PAD SPACE collation utf8mb4_bin 'u-17 ' was the same user id as 'u-17', and
-- the part ' ' of a metric replaced its total ''. The two servers name the NO PAD collation differently, so each reads its own comment.
-- A later migration that creates a table or a text column uses the same two comments; SchemaCollationTest checks it.
-- The same text runs on MySQL 8.4+/9 and MariaDB 10.6+.

ALTER TABLE tenant
    CONVERT TO CHARACTER SET utf8mb4 COLLATE /*!80000 utf8mb4_0900_bin *//*M!100200 utf8mb4_nopad_bin */;

ALTER TABLE recipient
    CONVERT TO CHARACTER SET utf8mb4 COLLATE /*!80000 utf8mb4_0900_bin *//*M!100200 utf8mb4_nopad_bin */;

ALTER TABLE metric
    CONVERT TO CHARACTER SET utf8mb4 COLLATE /*!80000 utf8mb4_0900_bin *//*M!100200 utf8mb4_nopad_bin */;

ALTER TABLE schedule
    CONVERT TO CHARACTER SET utf8mb4 COLLATE /*!80000 utf8mb4_0900_bin *//*M!100200 utf8mb4_nopad_bin */;

ALTER TABLE run
    CONVERT TO CHARACTER SET utf8mb4 COLLATE /*!80000 utf8mb4_0900_bin *//*M!100200 utf8mb4_nopad_bin */;

ALTER TABLE run_delta
    CONVERT TO CHARACTER SET utf8mb4 COLLATE /*!80000 utf8mb4_0900_bin *//*M!100200 utf8mb4_nopad_bin */;

ALTER TABLE run_count
    CONVERT TO CHARACTER SET utf8mb4 COLLATE /*!80000 utf8mb4_0900_bin *//*M!100200 utf8mb4_nopad_bin */;

ALTER TABLE run_wait
    CONVERT TO CHARACTER SET utf8mb4 COLLATE /*!80000 utf8mb4_0900_bin *//*M!100200 utf8mb4_nopad_bin */;

ALTER TABLE report
    CONVERT TO CHARACTER SET utf8mb4 COLLATE /*!80000 utf8mb4_0900_bin *//*M!100200 utf8mb4_nopad_bin */;

ALTER TABLE file
    CONVERT TO CHARACTER SET utf8mb4 COLLATE /*!80000 utf8mb4_0900_bin *//*M!100200 utf8mb4_nopad_bin */;

ALTER TABLE job
    CONVERT TO CHARACTER SET utf8mb4 COLLATE /*!80000 utf8mb4_0900_bin *//*M!100200 utf8mb4_nopad_bin */;

ALTER TABLE lane_turn
    CONVERT TO CHARACTER SET utf8mb4 COLLATE /*!80000 utf8mb4_0900_bin *//*M!100200 utf8mb4_nopad_bin */;

ALTER TABLE tenant_turn
    CONVERT TO CHARACTER SET utf8mb4 COLLATE /*!80000 utf8mb4_0900_bin *//*M!100200 utf8mb4_nopad_bin */;

ALTER TABLE delivery
    CONVERT TO CHARACTER SET utf8mb4 COLLATE /*!80000 utf8mb4_0900_bin *//*M!100200 utf8mb4_nopad_bin */;

ALTER TABLE audit_event
    CONVERT TO CHARACTER SET utf8mb4 COLLATE /*!80000 utf8mb4_0900_bin *//*M!100200 utf8mb4_nopad_bin */;

ALTER TABLE idempotency_key
    CONVERT TO CHARACTER SET utf8mb4 COLLATE /*!80000 utf8mb4_0900_bin *//*M!100200 utf8mb4_nopad_bin */;

ALTER TABLE preference
    CONVERT TO CHARACTER SET utf8mb4 COLLATE /*!80000 utf8mb4_0900_bin *//*M!100200 utf8mb4_nopad_bin */;

ALTER TABLE logo
    CONVERT TO CHARACTER SET utf8mb4 COLLATE /*!80000 utf8mb4_0900_bin *//*M!100200 utf8mb4_nopad_bin */;

ALTER TABLE lane
    CONVERT TO CHARACTER SET utf8mb4 COLLATE /*!80000 utf8mb4_0900_bin *//*M!100200 utf8mb4_nopad_bin */;

ALTER TABLE worker
    CONVERT TO CHARACTER SET utf8mb4 COLLATE /*!80000 utf8mb4_0900_bin *//*M!100200 utf8mb4_nopad_bin */;

ALTER TABLE owner_mail
    CONVERT TO CHARACTER SET utf8mb4 COLLATE /*!80000 utf8mb4_0900_bin *//*M!100200 utf8mb4_nopad_bin */;
