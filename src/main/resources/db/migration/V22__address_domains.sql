-- Domains of mail addresses are stored in lower case (io.weekly.text.EmailAddress). Earlier versions stored them as given, and took ASCII
-- only, so lower case is all that is missing. An address that today's rule refuses, such as bea@127.0.0.1, stays: mails to it go out as
-- before, and the mail server decides. Addresses in reports, runs and deliveries are history; they are compared in lower case.
-- The same text runs on MySQL 8.4+/9 and MariaDB 10.6+.
UPDATE recipient
SET email = CONCAT(SUBSTRING_INDEX(email, '@', 1), '@', LOWER(SUBSTRING_INDEX(email, '@', -1)))
WHERE email LIKE '%_@_%' AND SUBSTRING_INDEX(email, '@', -1) <> LOWER(SUBSTRING_INDEX(email, '@', -1));

UPDATE tenant
SET reply_to = CONCAT(SUBSTRING_INDEX(reply_to, '@', 1), '@', LOWER(SUBSTRING_INDEX(reply_to, '@', -1)))
WHERE reply_to LIKE '%_@_%' AND SUBSTRING_INDEX(reply_to, '@', -1) <> LOWER(SUBSTRING_INDEX(reply_to, '@', -1));

UPDATE schedule
SET owner = CONCAT(SUBSTRING_INDEX(owner, '@', 1), '@', LOWER(SUBSTRING_INDEX(owner, '@', -1)))
WHERE owner LIKE '%_@_%' AND SUBSTRING_INDEX(owner, '@', -1) <> LOWER(SUBSTRING_INDEX(owner, '@', -1));
