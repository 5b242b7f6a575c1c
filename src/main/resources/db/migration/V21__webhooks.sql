-- Webhooks: endpoints of tenants that are told of events. The same text runs on MySQL 8.4+/9 and MariaDB 10.6+.
CREATE TABLE webhook (
    tenant_id       INT           NOT NULL,
    id              BINARY(16)    NOT NULL,
    url             VARCHAR(2000) NOT NULL,
    events          VARCHAR(500)  NOT NULL, -- names, separated by commas
    secret          VARCHAR(400)  NOT NULL, -- encrypted, with the id of its key before the colon
    previous_secret VARCHAR(400)  NULL,     -- the secret before the last rotation, in the same form
    previous_until  DATETIME(6)   NULL,     -- until when messages are signed with the previous secret too
    state           VARCHAR(10)   NOT NULL, -- active, failing, disabled
    failures        INT           NOT NULL DEFAULT 0, -- failed attempts since the last success
    failing_since   DATETIME(6)   NULL,     -- the first of them
    paused_until    DATETIME(6)   NULL,     -- no attempt before this time, because the last ones failed
    last_error      VARCHAR(500)  NULL,     -- of the last failed attempt; null after a success
    created_at      DATETIME(6)   NOT NULL,
    updated_at      DATETIME(6)   NOT NULL,
    PRIMARY KEY (tenant_id, id) COMMENT 'Webhooks: the endpoints of a tenant; EventOutbox: whom to tell',
    UNIQUE KEY webhook_id (id) COMMENT 'DueEndpoints: the next endpoints in turn'
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE /*!80000 utf8mb4_0900_bin *//*M!100200 utf8mb4_nopad_bin */;

-- The outbox. A row is written in the transaction of its event. It has no foreign keys, because a run writes many of them.
CREATE TABLE webhook_message (
    tenant_id    INT           NOT NULL,
    id           BINARY(16)    NOT NULL,
    webhook_id   BINARY(16)    NOT NULL,
    event        VARCHAR(40)   NOT NULL,
    recipient_id BIGINT        NULL,     -- whose user id the payload has
    payload      TEXT          NOT NULL, -- the body, byte by byte the same in all attempts
    state        VARCHAR(8)    NOT NULL, -- pending, sent, failed
    attempt      INT           NOT NULL DEFAULT 0, -- attempts that have ended
    due_at       DATETIME(6)   NOT NULL, -- the next attempt; the end of the lease while a process works on it
    lease        BINARY(16)    NULL,     -- the token of the last claim
    status       INT           NULL,     -- the HTTP status of the last answer; null without one
    answer       VARCHAR(500)  NULL,     -- the start of the last answer, or why there was none
    created_at   DATETIME(6)   NOT NULL,
    ended_at     DATETIME(6)   NULL,     -- sent or failed
    PRIMARY KEY (tenant_id, id) COMMENT 'WebhookMessages: one message',
    KEY webhook_message_due (tenant_id, webhook_id, state, due_at) COMMENT 'MessageClaims: what is due for an endpoint',
    KEY webhook_message_list (tenant_id, webhook_id, id) COMMENT 'WebhookMessages.list: newest first',
    KEY webhook_message_state (tenant_id, webhook_id, state, id) COMMENT 'WebhookMessages.list with a state',
    KEY webhook_message_recipient (tenant_id, recipient_id) COMMENT 'WebhookErasure: what names a person',
    KEY webhook_message_kept (state, created_at) COMMENT 'OldMessages: what is older than it is kept; WebhookMeters: how many are pending'
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE /*!80000 utf8mb4_0900_bin *//*M!100200 utf8mb4_nopad_bin */;
