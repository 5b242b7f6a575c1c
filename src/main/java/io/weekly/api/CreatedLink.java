package io.weekly.api;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/**
 * A new link. Only the answer to its creation has the address.
 *
 * @param url the address that opens the file: a path if {@code weekly.public-url} has no value
 */
@RegisterForReflection // the resource returns it in a Response, so Quarkus does not see this type
public record CreatedLink(String id, String url, Instant expiresAt) {}
