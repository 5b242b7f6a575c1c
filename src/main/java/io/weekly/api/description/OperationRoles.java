package io.weekly.api.description;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.security.SecurityRequirement;
import org.jboss.jandex.AnnotationTarget.Kind;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;
import org.jspecify.annotations.Nullable;

/**
 * Describes the roles that may call an operation. It reads them from the role annotation of the resource. If a resource checks a higher
 * role itself, its {@code @SecurityRequirement} names the lowest permitted role as a scope.
 */
final class OperationRoles {

    private static final String TOKEN = "token";
    private static final DotName OPERATION = DotName.createSimple(org.eclipse.microprofile.openapi.annotations.Operation.class);
    private static final List<String> ALL = List.of("viewer", "tenant-admin", "operator");
    /** Reads what an operator reads, whatever the lowest role is. */
    private static final String AUDITOR = "auditor";
    private static final Map<String, String> ROLE_BY_ANNOTATION =
            Map.of("ForViewers", "viewer", "ForTenantAdmins", "tenant-admin", "ForOperators", "operator");

    private final Map<String, String> lowestByOperation = new HashMap<>();

    OperationRoles(IndexView index) {
        for (var annotation : index.getAnnotations(OPERATION)) {
            if (annotation.target().kind() == Kind.METHOD && annotation.value("operationId") != null) {
                role(annotation.target().asMethod()).ifPresent(
                        lowest -> lowestByOperation.put(annotation.value("operationId").asString(), lowest));
            }
        }
    }

    private static Optional<String> role(MethodInfo method) {
        Function<DotName, @Nullable String> byAnnotation = name -> ROLE_BY_ANNOTATION.get(name.withoutPackagePrefix());
        return method.annotations().stream().map(it -> byAnnotation.apply(it.name())).filter(it -> it != null).findFirst()
                .or(() -> method.declaringClass().declaredAnnotations().stream()
                        .map(it -> byAnnotation.apply(it.name()))
                        .filter(it -> it != null)
                        .findFirst());
    }

    void describe(Operation operation, HttpMethod method) {
        var lowest = ownRole(operation).orElse(lowestByOperation.get(operation.getOperationId()));
        if (lowest == null) {
            throw new IllegalStateException("%s has no role annotation".formatted(operation.getOperationId()));
        }
        var roles = new ArrayList<>(ALL.subList(ALL.indexOf(lowest), ALL.size()));
        if (method == HttpMethod.GET) {
            roles.add(AUDITOR);
        }
        operation.setSecurity(roles.stream().map(OperationRoles::requirement).toList());
        var text = operation.getDescription() == null ? "" : operation.getDescription() + " ";
        operation.setDescription(text + sentence(roles));
    }

    /** {@code "For viewers, tenant-admins and operators."} */
    private static String sentence(List<String> roles) {
        var last = roles.getLast() + "s.";
        return roles.size() == 1
                ? "For " + last
                : "For %ss and %s".formatted(String.join("s, ", roles.subList(0, roles.size() - 1)), last);
    }

    private static Optional<String> ownRole(Operation operation) {
        return operation.getSecurity() == null
                ? Optional.empty()
                : operation.getSecurity().stream().flatMap(it -> it.getScheme(TOKEN).stream()).findFirst();
    }

    /** One of several alternatives. */
    private static SecurityRequirement requirement(String role) {
        return OASFactory.createSecurityRequirement().addScheme(TOKEN, role);
    }
}
