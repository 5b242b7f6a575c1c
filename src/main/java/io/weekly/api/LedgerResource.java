package io.weekly.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.weekly.access.RequestAccess;
import io.weekly.api.http.Filters;
import io.weekly.api.http.ForTenantAdmins;
import io.weekly.api.http.ProblemException;
import io.weekly.run.Ledger;
import io.weekly.run.Ledgers;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestMulti;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** The ledger of a run: the sums by status, and the result of each report. */
@Path("/api/v1/runs/{id}/ledger")
@Tag(name = "Runs")
@ForTenantAdmins
public class LedgerResource {

    private static final String CSV = "text/csv";
    private static final String CSV_FORMAT = "csv";
    private static final Set<String> FORMATS = Set.of("json", CSV_FORMAT);
    /** Lines in each write. */
    private static final int LINES_PER_WRITE = 500;

    private final Ledgers ledgers;
    private final ObjectMapper json;
    private final RequestAccess access;

    LedgerResource(Ledgers ledgers, ObjectMapper json, RequestAccess access) {
        this.ledgers = ledgers;
        this.json = json;
        this.access = access;
    }

    @GET
    @Operation(
            operationId = "readLedger",
            summary = "The sums of a run's reports by result, or with format=csv a line for each recipient",
            description = "due is the sum of all the others. balanced says so, and is false while reports are still being queued. In a CSV"
                    + " a text that a spreadsheet would take for a formula begins with an apostrophe.")
    @APIResponse(
            responseCode = "200",
            description = "OK",
            headers = @Header(
                    name = "Content-Disposition",
                    description = "Of a CSV: that it is a file to be kept under this name.",
                    schema = @Schema(type = SchemaType.STRING)),
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Ledger.class)),
                @Content(
                        mediaType = CSV,
                        schema = @Schema(type = SchemaType.STRING),
                        example = LedgerCsv.EXAMPLE)
            })
    public RestMulti<byte[]> read(
            @RestPath String id,
            @Parameter(
                            description = "json, the default, or csv.",
                            schema = @Schema(type = SchemaType.STRING, enumeration = {"json", "csv"}))
                    @QueryParam("format")
                    @Nullable String format) {
        var csv = Filters.word("format", format, text -> FORMATS.contains(text) ? Optional.of(text.equals(CSV_FORMAT)) : Optional.empty());
        return csv != null && csv ? lines(id) : sums(id);
    }

    private RestMulti<byte[]> sums(String id) {
        return RestMulti.fromUniResponse(
                visible(id), ledger -> Multi.createFrom().item(json(ledger)), ledger -> headers(MediaType.APPLICATION_JSON));
    }

    private RestMulti<byte[]> lines(String id) {
        var head = Multi.createFrom().item(LedgerCsv.HEAD);
        return RestMulti.fromUniResponse(
                visible(id),
                ledger -> Multi.createBy().concatenating().streams(
                        head, ledgers.lines(id).group().intoLists().of(LINES_PER_WRITE).map(LedgerCsv::lines)),
                ledger -> headers(CSV, "Content-Disposition", "attachment; filename=\"ledger-%s.csv\"".formatted(id)));
    }

    private Uni<Ledger> visible(String id) {
        return ledgers.find(access.caller().scope(), id).map(ledger -> ledger.orElseThrow(ProblemException::notFound));
    }

    private static Map<String, List<String>> headers(String type, String... more) {
        Map<String, List<String>> headers = new LinkedHashMap<>(Map.of(HttpHeaders.CONTENT_TYPE, List.of(type)));
        for (var i = 0; i < more.length; i += 2) {
            headers.put(more[i], List.of(more[i + 1]));
        }
        return headers;
    }

    private byte[] json(Ledger ledger) {
        try {
            return json.writeValueAsBytes(ledger);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record could not be written as JSON", e);
        }
    }
}
