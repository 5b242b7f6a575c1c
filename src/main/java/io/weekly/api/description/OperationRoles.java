package io.weekly.api.description;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.security.SecurityRequirement;
import org.jboss.jandex.AnnotationTarget.Kind;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;

/**
 * Says of an operation for whom it is: what the door of its resource lets in. One that looks closer behind a wide door says so itself, with
 * the least of its roles as a scope of its {@code @SecurityRequirement}.
 */
final class OperationRoles {

    private static final String TOKEN = "token";
    private static final DotName OPERATION = DotName.createSimple(org.eclipse.microprofile.openapi.annotations.Operation.class);
    private static final List<String> ALL = List.of("viewer", "tenant-admin", "operator");
    private static final Map<String, String> DOORS =
            Map.of("ForViewers", "viewer", "ForTenantAdmins", "tenant-admin", "ForOperators", "operator");
    private static final Map<String, String> WORDS = Map.of(
            "viewer", "For viewers, tenant-admins and operators.",
            "tenant-admin", "For tenant-admins and operators.",
            "operator", "For operators.");

    private final Map<String, String> leastByOperation = new HashMap<>();

    OperationRoles(IndexView index) {
        for (var annotation : index.getAnnotations(OPERATION)) {
            if (annotation.target().kind() == Kind.METHOD && annotation.value("operationId") != null) {
                door(annotation.target().asMethod()).ifPresent(
                        least -> leastByOperation.put(annotation.value("operationId").asString(), least));
            }
        }
    }

    private static Optional<String> door(MethodInfo method) {
        Function<DotName, String> role = name -> DOORS.get(name.withoutPackagePrefix());
        return method.annotations().stream().map(it -> role.apply(it.name())).filter(it -> it != null).findFirst()
                .or(() -> method.declaringClass().declaredAnnotations().stream()
                        .map(it -> role.apply(it.name()))
                        .filter(it -> it != null)
                        .findFirst());
    }

    void describe(Operation operation) {
        var least = ownWord(operation).orElse(leastByOperation.get(operation.getOperationId()));
        if (least == null) {
            throw new IllegalStateException("nothing says for whom %s is".formatted(operation.getOperationId()));
        }
        operation.setSecurity(ALL.subList(ALL.indexOf(least), ALL.size()).stream().map(OperationRoles::requirement).toList());
        var text = operation.getDescription() == null ? "" : operation.getDescription() + " ";
        operation.setDescription(text + WORDS.get(least));
    }

    private static Optional<String> ownWord(Operation operation) {
        return operation.getSecurity() == null
                ? Optional.empty()
                : operation.getSecurity().stream().flatMap(it -> it.getScheme(TOKEN).stream()).findFirst();
    }

    /** One of several, of which one is enough. */
    private static SecurityRequirement requirement(String role) {
        return OASFactory.createSecurityRequirement().addScheme(TOKEN, role);
    }
}
