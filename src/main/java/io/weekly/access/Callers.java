package io.weekly.access;

import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.weekly.tenant.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Turns the JWT of a request into a {@link Caller}. The only class that reads claims. */
@ApplicationScoped
public class Callers {

    private static final String TENANT = "tenant_id";
    private static final String MAIL = "email";
    private static final int MAX_USER_ID_CHARACTERS = 128;

    private final CurrentIdentityAssociation identities;
    private final UserCache users;

    Callers(CurrentIdentityAssociation identities, UserCache users) {
        this.identities = identities;
        this.users = users;
    }

    /**
     * The caller of the current request.
     *
     * <p>Fails with {@link UnauthorizedException} if there is no token, with Quarkus' own exception if the token is not valid, with
     * {@link ForbiddenException} if it has no known role, no user or no tenant, and with {@link NotVisibleException} if its tenant has
     * ended.
     */
    public Uni<Caller> current() {
        return identities.getDeferredIdentity().flatMap(this::caller);
    }

    private Uni<Caller> caller(SecurityIdentity identity) {
        if (identity.isAnonymous() || !(identity.getPrincipal() instanceof JsonWebToken token)) {
            return Uni.createFrom().failure(new UnauthorizedException("no token"));
        }
        var userId = userId(token);
        var role = Role.highestOf(token.getGroups()).orElseThrow(() -> new ForbiddenException("The token gives no role here."));
        if (role == Role.OPERATOR) {
            return Uni.createFrom().item(new Caller(userId, role, Optional.empty(), mail(token), Scope.EVERY_TENANT));
        }
        return users.find(tenant(token), userId, role)
                .map(known -> new Caller(userId, role, Optional.of(known.tenant()), mail(token), known.scope()));
    }

    private static String userId(JsonWebToken token) {
        var userId = token.getSubject();
        if (userId == null || userId.isBlank() || userId.length() > MAX_USER_ID_CHARACTERS) {
            throw new ForbiddenException("The token names no user: sub must have 1 to 128 characters.");
        }
        return userId;
    }

    private static String tenant(JsonWebToken token) {
        if (token.getClaim(TENANT) instanceof String slug && !slug.isBlank()) {
            return slug;
        }
        throw new ForbiddenException("The token names no tenant: tenant_id is missing.");
    }

    private static Optional<String> mail(JsonWebToken token) {
        return token.getClaim(MAIL) instanceof String mail ? Optional.of(mail) : Optional.empty();
    }
}
