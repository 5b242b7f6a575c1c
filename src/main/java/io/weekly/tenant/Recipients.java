package io.weekly.tenant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.database.Placeholders;
import io.weekly.database.QueryConditions;
import io.weekly.tenant.Scope.OfRecipient;
import io.weekly.tenant.Scope.OfTenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Reads the recipients of a tenant, including those that have ended, but not those that were erased. {@link RecipientChanges} writes them.
 */
@ApplicationScoped
public class Recipients {

    private static final String SELECT =
            """
            SELECT rc.id, rc.user_id, rc.name, rc.email, rc.locale, rc.tags, rc.active, COALESCE(rc.pdf_password, '') <> '' AS pdf_protected
            FROM recipient rc
            """;

    private final Database database;
    private final ObjectMapper json;

    Recipients(Database database, ObjectMapper json) {
        this.database = database;
        this.json = json;
    }

    /** The recipient with the platform's user id. */
    public Uni<Optional<Recipient>> find(OfTenant tenant, String userId) {
        return find(database.client(), tenant, userId);
    }

    /** The same, read in a transaction. */
    Uni<Optional<Recipient>> find(SqlClient client, OfTenant tenant, String userId) {
        return find(client, "WHERE tenant_id = ? AND user_id = ? AND erased_at IS NULL", tenant, userId);
    }

    /** The recipient with this number. */
    public Uni<Optional<Recipient>> find(OfTenant tenant, long id) {
        return find(database.client(), "WHERE tenant_id = ? AND id = ? AND erased_at IS NULL", tenant, id);
    }

    /** The recipient, locked until the transaction ends. */
    Uni<Optional<Recipient>> lock(SqlClient transaction, OfTenant tenant, String userId) {
        return find(transaction, "WHERE tenant_id = ? AND user_id = ? AND erased_at IS NULL FOR UPDATE", tenant, userId);
    }

    private static final String EARLIER =
            """
            SELECT COALESCE(earlier_addresses, '') AS addresses
            FROM recipient
            WHERE tenant_id = ? AND id = ?""";

    /** The addresses that a recipient had before, and maybe the present one: those that were replaced, in the order of the first time. */
    public Uni<List<String>> earlierAddresses(OfRecipient recipient) {
        return database.client()
                .preparedQuery(EARLIER)
                .execute(Tuple.of(recipient.tenantId(), recipient.recipientId()))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .flatMap(row -> row.getString("addresses").lines())
                        .filter(address -> !address.isEmpty())
                        .toList());
    }

    private static final String OF_OTHERS =
            """
            SELECT DISTINCT LOWER(email) AS address
            FROM recipient
            WHERE tenant_id = ? AND id <> ? AND erased_at IS NULL AND LOWER(email) IN (%s)""";

    /** Which of these addresses another recipient has now. All are in lower case. */
    public Uni<List<String>> ofOthers(OfRecipient recipient, Collection<String> addresses) {
        var values = Tuple.of(recipient.tenantId(), recipient.recipientId());
        addresses.forEach(values::addString);
        return database.client()
                .preparedQuery(OF_OTHERS.formatted(Placeholders.orNone(addresses.size())))
                .execute(values)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(row -> row.getString("address")).toList());
    }

    private static final String ORDER =
            """

            ORDER BY rc.id
            LIMIT ?""";

    /** In the order of creation, starting after {@code afterId} (0 for the first page). */
    public Uni<List<Recipient>> list(OfTenant tenant, long afterId, int limit) {
        return page(tenant.within(new QueryConditions(), "rc"), afterId, limit);
    }

    /** Those that an audience matches: active, with at least one of the tags. In the order of {@link #list}. */
    public Uni<List<Recipient>> audience(OfTenant tenant, List<String> tags, long afterId, int limit) {
        return page(active(tenant, tags), afterId, limit);
    }

    private Uni<List<Recipient>> page(QueryConditions where, long afterId, int limit) {
        where.and("rc.id > ?", afterId).and("rc.erased_at IS NULL");
        return database.client()
                .preparedQuery(SELECT + where.sql() + ORDER)
                .execute(where.with(limit))
                .map(this::recipients);
    }

    private static QueryConditions active(OfTenant tenant, List<String> tags) {
        var where = tenant.within(new QueryConditions(), "rc").and("rc.active").and("rc.ended_at IS NULL");
        return tags.isEmpty() ? where : where.and(RecipientTags.anyOf(tags.size()), tags.toArray());
    }

    private Uni<Optional<Recipient>> find(SqlClient client, String where, OfTenant tenant, Object key) {
        return client.preparedQuery(SELECT + where)
                .execute(Tuple.of(tenant.tenantId(), key))
                .map(rows -> recipients(rows).stream().findFirst());
    }

    private List<Recipient> recipients(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).map(this::recipient).toList();
    }

    private Recipient recipient(Row row) {
        return new Recipient(
                row.getLong("id"),
                row.getString("user_id"),
                row.getString("name"),
                row.getString("email"),
                row.getString("locale"),
                tags(row.getString("tags")),
                row.getBoolean("active"),
                null,
                row.getInteger("pdf_protected") != 0);
    }

    private List<String> tags(String column) {
        try {
            return json.readValue(column, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the tags of a recipient are not valid JSON: " + column, e);
        }
    }
}
