package io.weekly.access.link;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.time.Instant;

/** What became of the order of a link. */
public sealed interface LinkResult {

    /**
     * The link works.
     *
     * @param mac over the terms. It is checked before the address is made, because a mail or a repeated request has it from the database
     */
    @RegisterForReflection // the database stores its JSON for a request with an Idempotency-Key
    record Made(LinkTerms terms, String mac) implements LinkResult {

        public String id() {
            return terms.id();
        }

        public Instant expiresAt() {
            return terms.expiresAt();
        }
    }

    /** There is no key to sign it with. */
    record NoKey() implements LinkResult {}

    /** The links of this tenant work for a shorter time. */
    record TooLong(Duration longest) implements LinkResult {}

    /** The tenant or the recipient has ended, or the recipient is not active, so no link to the report works. */
    record NoReader() implements LinkResult {}
}
