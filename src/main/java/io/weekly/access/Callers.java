package io.weekly.access;

import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.weekly.tenant.Scope;
import io.weekly.tenant.constraint.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Turns the JWT of a request into a {@link Caller}. The only class that reads claims. */
@ApplicationScoped
public class Callers {

    private static final String TENANT = "tenant_id";
    private static final String MAIL = "email";
    private static final int MAX_USER_ID_CHARACTERS = 128;
    private static final Pattern ID = Pattern.compile(Identifier.FORM);

    private final CurrentIdentityAssociation identities;
    private final UserCache users;
    private final RequestLimits limits;

    Callers(CurrentIdentityAssociation identities, UserCache users, RequestLimits limits) {
        this.identities = identities;
        this.users = users;
        this.limits = limits;
    }

    /**
     * The caller of the current request, which counts against the limit of its token.
     *
     * <p>Fails with {@link UnauthorizedException} if there is no token, with Quarkus' own exception if the token is not valid, with
     * {@link LimitExceededException} if the token has sent too many requests, with
     * {@link ForbiddenException} if it has no known role, if its user or tenant is missing or no {@link Identifier}, or if it has both a
     * tenant and a role for every tenant, and with {@link NotVisibleException} if its tenant has ended.
     */
    public Uni<Caller> current() {
        return identities.getDeferredIdentity().flatMap(this::caller);
    }

    private Uni<Caller> caller(SecurityIdentity identity) {
        if (identity.isAnonymous() || !(identity.getPrincipal() instanceof JsonWebToken token)) {
            return Uni.createFrom().failure(new UnauthorizedException("no token"));
        }
        limits.request(token.getRawToken()).ifPresent(wait -> {
            throw new LimitExceededException("This token has sent too many requests.", wait);
        });
        var userId = userId(token);
        var role = Role.highestOf(token.getGroups()).orElseThrow(() -> new ForbiddenException("The token gives no role here."));
        if (role.isForEveryTenant()) {
            refuseTenant(token);
            return Uni.createFrom().item(new Caller(userId, role, Optional.empty(), mail(token), Scope.EVERY_TENANT));
        }
        return users.find(tenant(token), userId, role)
                .map(known -> new Caller(userId, role, Optional.of(known.tenant()), mail(token), known.scope()));
    }

    private static String userId(JsonWebToken token) {
        var userId = token.getSubject();
        if (userId == null || !isId(userId) || userId.codePointCount(0, userId.length()) > MAX_USER_ID_CHARACTERS) {
            throw new ForbiddenException(
                    "The token names no user: sub must have 1 to 128 characters, without blanks or invisible characters at its ends.");
        }
        return userId;
    }

    /**
     * Refuses the token instead of ignoring its tenant. Whoever may name groups in the realm of one tenant could otherwise give the role to
     * its own users, and they would see every tenant.
     */
    private static void refuseTenant(JsonWebToken token) {
        if (token.getClaim(TENANT) != null) {
            throw new ForbiddenException("The token has a role for every tenant, so it must not have the claim tenant_id.");
        }
    }

    private static String tenant(JsonWebToken token) {
        if (token.getClaim(TENANT) instanceof String slug && isId(slug)) {
            return slug;
        }
        throw new ForbiddenException("The token names no tenant: tenant_id must be the slug of one.");
    }

    private static boolean isId(String text) {
        return !text.isEmpty() && ID.matcher(text).matches();
    }

    private static Optional<String> mail(JsonWebToken token) {
        return token.getClaim(MAIL) instanceof String mail ? Optional.of(mail) : Optional.empty();
    }
}
