-- What a stored file is, since a csv may be one file or a ZIP; and the passwords of PDFs, encrypted (io.weekly.tenant.Secrets), which
-- name the key that they are under. The same text runs on MySQL 8.4+/9 and MariaDB 10.6+.

ALTER TABLE file
    ADD COLUMN media_type VARCHAR(100) NOT NULL DEFAULT 'application/pdf';

UPDATE file
SET media_type = 'application/json'
WHERE format = 'mail';

ALTER TABLE file
    ALTER COLUMN media_type DROP DEFAULT;

ALTER TABLE tenant
    ADD COLUMN pdf_password VARCHAR(300) NULL;

ALTER TABLE recipient
    ADD COLUMN pdf_password VARCHAR(300) NULL;
