package io.weekly.tenant;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.tenant.Scope.OfTenant;
import java.util.ArrayList;
import java.util.List;

/** Counts the active recipients that an audience matches, in all and for each of its tags. */
public final class AudienceSizes {

    private AudienceSizes() {}

    /**
     * How many recipients an audience matches.
     *
     * @param active how many active recipients the tenant has
     * @param matching how many of them have at least one of the tags; all of them if there are no tags
     */
    public record Size(long active, long matching, List<OfTag> tags) {}

    /**
     * How many active recipients have a tag.
     *
     * @param otherCase how many have the tag if upper and lower case are the same, and not as it is
     */
    public record OfTag(String tag, long matching, long otherCase) {}

    private static final String COUNT =
            """
            SELECT COUNT(*) AS active%s
            FROM recipient rc
            WHERE rc.tenant_id = ? AND rc.active AND rc.ended_at IS NULL""";
    private static final String MATCHING = ", COALESCE(SUM(%s), 0) AS matching";
    private static final String OF_TAG = ", COALESCE(SUM(%2$s), 0) AS tag_%1$d, COALESCE(SUM(%3$s AND NOT %2$s), 0) AS other_%1$d";
    private static final String IN_ANY_CASE = "JSON_CONTAINS(LOWER(rc.tags), LOWER(JSON_QUOTE(?)))";

    /** Counts in one pass over the recipients of the tenant. No tags: the audience is all of them. */
    public static Uni<Size> of(SqlClient client, OfTenant tenant, List<String> tags) {
        var columns = new StringBuilder();
        var values = new ArrayList<Object>(tags);
        if (!tags.isEmpty()) {
            columns.append(MATCHING.formatted(RecipientTags.anyOf(tags.size())));
        }
        for (var i = 0; i < tags.size(); i++) {
            columns.append(OF_TAG.formatted(i, RecipientTags.anyOf(1), IN_ANY_CASE));
            values.addAll(List.of(tags.get(i), tags.get(i), tags.get(i)));
        }
        values.add(tenant.tenantId());
        return client.preparedQuery(COUNT.formatted(columns))
                .execute(Tuple.from(values))
                .map(rows -> size(rows.iterator().next(), tags));
    }

    private static Size size(Row row, List<String> tags) {
        var ofTags = new ArrayList<OfTag>();
        for (var i = 0; i < tags.size(); i++) {
            ofTags.add(new OfTag(tags.get(i), row.getLong("tag_" + i), row.getLong("other_" + i)));
        }
        return new Size(row.getLong("active"), row.getLong(tags.isEmpty() ? "active" : "matching"), ofTags);
    }
}
