package io.weekly.schedule;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.weekly.tenant.AudienceSizes;
import io.weekly.tenant.AudienceSizes.OfTag;
import io.weekly.tenant.AudienceSizes.Size;
import io.weekly.tenant.Scope.OfTenant;
import io.weekly.text.Warning;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Warns if the audience of a schedule matches nobody at the moment, or if one of its tags does. It is no error: a platform may create the
 * schedule before the recipients.
 */
final class AudienceWarnings {

    /** The whole audience matches nobody. */
    static final String AUDIENCE_EMPTY = "audience-empty";

    /** A tag of the audience matches nobody, and another one does. */
    static final String TAG_UNUSED = "tag-unused";

    private AudienceWarnings() {}

    static Uni<List<Warning>> of(SqlClient transaction, OfTenant tenant, Schedule schedule) {
        var audience = schedule.audience();
        return AudienceSizes.of(transaction, tenant, audience == null ? List.of() : audience.tags()).map(AudienceWarnings::of);
    }

    static List<Warning> of(Size size) {
        if (size.matching() == 0) {
            return List.of(new Warning(AUDIENCE_EMPTY, nobody(size)));
        }
        return size.tags().stream()
                .filter(tag -> tag.matching() == 0)
                .map(tag -> new Warning(TAG_UNUSED, "The tag %s matches 0 recipients%s. The audience matches %d of %d active recipients."
                        .formatted(tag.tag(), otherCase(tag), size.matching(), size.active())))
                .toList();
    }

    private static String nobody(Size size) {
        if (size.tags().isEmpty()) {
            return "The audience matches 0 recipients: the tenant has no active recipient.";
        }
        var tags = size.tags().stream().map(tag -> tag.tag() + otherCase(tag)).collect(Collectors.joining(", "));
        return "The audience matches 0 of %d active recipients. No active recipient has %s %s."
                .formatted(size.active(), size.tags().size() == 1 ? "the tag" : "one of the tags", tags);
    }

    private static String otherCase(OfTag tag) {
        return tag.otherCase() == 0 ? "" : " (%d have it in another case)".formatted(tag.otherCase());
    }
}
