-- Where an event came from. Both are NULL where the service itself acted.
ALTER TABLE audit_event
    ADD COLUMN client     VARCHAR(45) NULL, -- the address of the client, IPv4 or IPv6
    ADD COLUMN request_id VARCHAR(64) NULL;
