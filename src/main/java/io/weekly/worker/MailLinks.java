package io.weekly.worker;

import io.smallrye.mutiny.Uni;
import io.weekly.access.link.LinkOrder;
import io.weekly.access.link.LinkResult;
import io.weekly.access.link.Links;
import io.weekly.access.link.PublicUrl;
import io.weekly.audit.AuditEvent;
import io.weekly.delivery.MailLinkSettings;
import io.weekly.delivery.suppression.UnsubscribeTokens;
import io.weekly.report.DeliveryMode;
import io.weekly.report.ReportFormat;
import io.weekly.report.ReportTask;
import io.weekly.report.StoredFile;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The link in the mail of a report. The mail is composed when the report is generated, before there is a link. So it contains a
 * placeholder, which each delivery replaces by its own link.
 */
@ApplicationScoped
class MailLinks implements MailLinkSettings {

    /** An address that no server can have (RFC 2606). */
    static final URI PLACEHOLDER = URI.create("https://link.invalid/file");

    /** Where the reader chooses which mails it gets. */
    static final URI UNSUBSCRIBE = URI.create("https://link.invalid/unsubscribe");

    private final Links links;
    private final UnsubscribeTokens tokens;
    private final PublicUrl publicUrl;

    MailLinks(Links links, UnsubscribeTokens tokens, PublicUrl publicUrl) {
        this.links = links;
        this.tokens = tokens;
        this.publicUrl = publicUrl;
    }

    @Override
    public boolean areAllowed() {
        return links.canBeMailed();
    }

    /** What the template of a report's mail gets as its link. */
    static Optional<URI> placeholder(ReportTask report) {
        return report.delivery() == DeliveryMode.LINK ? Optional.of(PLACEHOLDER) : Optional.empty();
    }

    /**
     * The address for the placeholder: a link to the PDF, or to the first file if there is no PDF. All attempts of a delivery get the same.
     * Empty if the mail needs no link. Fails if the settings do not allow one.
     *
     * @param mode how this mail is sent
     * @param delivery the number of the delivery
     */
    Uni<Optional<String>> url(ReportTask report, DeliveryMode mode, int delivery, List<StoredFile> files) {
        var linked = mode == DeliveryMode.LINK ? linked(files) : Optional.<StoredFile>empty();
        if (linked.isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        if (!areAllowed()) {
            return Uni.createFrom().failure(new IllegalStateException(
                    "its mail needs a link, but weekly.public-url or weekly.keys.current is not set"));
        }
        var file = linked.get();
        return links.make(new LinkOrder(
                        report.tenant().id(), report.reportId(), file.format(), file.expiresAt(), Optional.empty(),
                        Optional.of(delivery), AuditEvent.SERVICE))
                .map(result -> Optional.of(url(result)));
    }

    private static Optional<StoredFile> linked(List<StoredFile> files) {
        var ofReport = files.stream().filter(file -> !file.isMail()).toList();
        return ofReport.stream()
                .filter(file -> file.format().equals(ReportFormat.PDF.text()))
                .findFirst()
                .or(() -> ofReport.stream().findFirst());
    }

    private String url(LinkResult result) {
        return switch (result) {
            case LinkResult.Made made -> links.url(made);
            case LinkResult.NoReader _ -> throw new IllegalStateException("no link works, because the recipient or the tenant has ended");
            case LinkResult.NoKey _, LinkResult.TooLong _ -> throw new IllegalStateException("no link could be made for its mail");
        };
    }

    /** What the templates of a mail get as the address of the page where its reader unsubscribes; empty if there will be none. */
    Optional<URI> unsubscribePlaceholder(ReportTask report) {
        return unsubscribeUrl(report).map(_ -> UNSUBSCRIBE);
    }

    /** The address for it. Empty for a sample, whose reader does not get these reports, or if the settings do not allow links. */
    Optional<String> unsubscribeUrl(ReportTask report) {
        return report.isSample() || !publicUrl.isSet()
                ? Optional.empty()
                : tokens.token(report.tenant().id(), report.reportId()).map(token -> publicUrl.of("/unsubscribe/" + token));
    }
}
