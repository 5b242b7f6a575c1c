-- What the rule "each recipient gets a week's report once" needs, and the reason why a run has nothing to do. The same text runs on
-- MySQL 8.4+/9 and MariaDB 10.6+.

ALTER TABLE run
    ADD COLUMN nothing_due VARCHAR(1000) NULL, -- why no report is due; null if reports are due
    -- It was started by hand before its week was over, so its reports do not replace those of the week.
    ADD COLUMN unfinished  BOOLEAN       NOT NULL DEFAULT FALSE;

-- How often a recipient with this user id was deleted. A report belongs to the incarnation that the recipient had when the report was
-- queued. After a deletion, the reports of the deleted person are not sent to the person who gets the user id next.
ALTER TABLE recipient
    ADD COLUMN incarnation INT NOT NULL DEFAULT 0;

ALTER TABLE report
    ADD COLUMN incarnation INT NOT NULL DEFAULT 0;

-- A user asked for this delivery, so it takes place even if the recipient has the week's report already.
ALTER TABLE delivery
    ADD COLUMN requested BOOLEAN NOT NULL DEFAULT FALSE;

-- The recipients that were deleted before this version.
DELETE FROM preference
WHERE EXISTS (SELECT 1
              FROM recipient rc
              WHERE rc.tenant_id = preference.tenant_id AND rc.id = preference.recipient_id AND rc.ended_at IS NOT NULL);

UPDATE recipient
SET incarnation = 1, pdf_password = NULL
WHERE ended_at IS NOT NULL;
