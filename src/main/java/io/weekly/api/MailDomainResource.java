package io.weekly.api;

import io.smallrye.mutiny.Uni;
import io.weekly.api.http.ForOperators;
import io.weekly.api.http.Page;
import io.weekly.api.http.Paging;
import io.weekly.delivery.MailDomainList;
import io.weekly.delivery.MailDomainList.MailDomain;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The domains of recipients that refuse our mails, or want fewer of them. */
@Path("/api/v1/mail-domains")
@Tag(name = "Queue")
@ForOperators
public class MailDomainResource {

    private static final Pattern DOMAIN = Pattern.compile("[^\\s@]{1,255}");

    private final MailDomainList domains;

    MailDomainResource(MailDomainList domains) {
        this.domains = domains;
    }

    @GET
    @Operation(
            operationId = "listMailDomains",
            summary = "The domains of recipients that refuse the sender, are paused for that, or limit the number of mails",
            description = "Domains without refusals and limits are not listed. A paused domain gets one mail as a probe after each pause."
                    + " It is open again when it accepts a probe.")
    public Uni<Page<MailDomain>> list(@BeanParam Paging paging) {
        return domains.page(paging.after(DOMAIN).orElse(""), paging.fetchLimit()).map(found -> Page.of(found, paging, MailDomain::domain));
    }
}
