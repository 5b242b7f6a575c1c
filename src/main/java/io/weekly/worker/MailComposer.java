package io.weekly.worker;

import io.smallrye.mutiny.Uni;
import io.weekly.definition.MailText;
import io.weekly.delivery.Deliveries.Delivery;
import io.weekly.delivery.DeliveryConfig;
import io.weekly.delivery.FeedbackId;
import io.weekly.delivery.OutgoingMail;
import io.weekly.delivery.SenderName;
import io.weekly.report.DeliveryMode;
import io.weekly.report.ReportStages;
import io.weekly.report.ReportTask;
import io.weekly.report.StoredFile;
import io.weekly.store.encryption.CorruptFileException;
import io.weekly.store.encryption.CorruptFiles;
import io.weekly.store.encryption.FileVault;
import io.weekly.store.encryption.TenantFiles;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Composes the mail of a generated report from its stored files. It renders nothing. */
@ApplicationScoped
class MailComposer {

    /** The same in every language, so that a person who gets samples of many recipients can sort by it. */
    private static final String SAMPLE = "[Sample] ";

    private final ReportStages reports;
    private final ReportFiles files;
    private final MailLinks links;
    private final RenderPool pool;
    private final FileVault vault;
    private final CorruptFiles corrupt;
    private final DeliveryConfig config;

    MailComposer(
            ReportStages reports, ReportFiles files, MailLinks links, RenderPool pool, FileVault vault, CorruptFiles corrupt,
            DeliveryConfig config) {
        this.reports = reports;
        this.files = files;
        this.links = links;
        this.pool = pool;
        this.vault = vault;
        this.corrupt = corrupt;
        this.config = config;
    }

    /**
     * A mail, and how it is sent.
     *
     * @param mode {@link DeliveryMode#LINK} also if its files would be too large
     */
    record Composed(OutgoingMail mail, DeliveryMode mode) {}

    /**
     * Composes it with its files, or with a link if they are larger than {@code weekly.delivery.max-attachment-bytes}, or if a mail system
     * found an earlier mail too large.
     *
     * <p>Fails with {@link TooLarge}, or with a {@link CorruptFileException}, which is reported, or if a stored file cannot be read, or if
     * the mail needs a link that the settings do not allow. All attempts of a delivery have the same Message-ID and the same link.
     */
    Uni<Composed> compose(ReportTask report, Delivery delivery) {
        return reports.files(report).flatMap(stored -> {
            var bytes = EncodedSize.of(filesOfReport(stored));
            var isLarge = report.delivery() != DeliveryMode.LINK && bytes > config.maxAttachmentBytes().asLongValue();
            if (isLarge && !links.areAllowed()) {
                throw new TooLarge(
                        "its files have %d bytes in a mail, more than weekly.delivery.max-attachment-bytes (%d), and a link cannot replace"
                                .formatted(bytes, config.maxAttachmentBytes().asLongValue())
                                + " them, because weekly.public-url or weekly.keys.current is not set");
            }
            var linked = isLarge || delivery.linked() && links.areAllowed();
            return compose(report, delivery, stored, linked ? DeliveryMode.LINK : report.delivery());
        });
    }

    /** The mail with a link instead of its files, because the mail server said that it is too large; empty if there can be no link. */
    Uni<Optional<Composed>> composeWithLink(ReportTask report, Delivery delivery) {
        return links.areAllowed()
                ? reports.files(report)
                        .flatMap(stored -> compose(report, delivery, stored, DeliveryMode.LINK))
                        .map(Optional::of)
                        // A mail that was stored without a version with a link.
                        .onFailure(TooLarge.class)
                        .recoverWithItem(Optional.empty())
                : Uni.createFrom().item(Optional.empty());
    }

    private Uni<Composed> compose(ReportTask report, Delivery delivery, List<StoredFile> stored, DeliveryMode mode) {
        var attached = mode == DeliveryMode.LINK ? List.<StoredFile>of() : filesOfReport(stored);
        return links.url(report, mode, delivery.number(), stored)
                .flatMap(link -> read(report, stored, attached)
                        .map(read -> mail(report, inMode(report, mode, read), link, delivery.messageId())))
                .map(mail -> new Composed(mail, mode));
    }

    /** Mails that were stored by an earlier version have no version with a link. */
    private static Read inMode(ReportTask report, DeliveryMode mode, Read read) {
        return mode == report.delivery()
                ? read
                : new Read(read.mail().asLinked().orElseThrow(() -> new TooLarge("it is too large for a mail, and it was made before the"
                        + " service could send a link instead: ask for it again")), read.attachments());
    }

    /** The composed mail and its attachments. */
    private record Read(MailText mail, List<OutgoingMail.Attachment> attachments) {}

    /** If one of the files is corrupt, no mail is sent. */
    private Uni<Read> read(ReportTask report, List<StoredFile> stored, List<StoredFile> attached) {
        return vault.toRead(report.tenant().id(), stored.stream().map(StoredFile::path).toList())
                .flatMap(store -> pool.submit(() -> new Read(files.mail(store, report, stored), attachments(store, report, attached))))
                .onFailure(CorruptFileException.class)
                .call(failure -> corrupt.report((CorruptFileException) failure));
    }

    private List<OutgoingMail.Attachment> attachments(TenantFiles store, ReportTask report, List<StoredFile> attached) {
        return attached.stream()
                .map(file -> new OutgoingMail.Attachment(
                        name(report, file), file.type().mediaType(), files.read(store, report, file)))
                .toList();
    }

    private static List<StoredFile> filesOfReport(List<StoredFile> stored) {
        return stored.stream().filter(file -> !file.isMail()).toList();
    }

    private OutgoingMail mail(ReportTask report, Read read, Optional<String> link, String messageId) {
        var linked = link.map(address -> read.mail().with(MailLinks.PLACEHOLDER.toString(), address)).orElse(read.mail());
        var unsubscribe = links.unsubscribeUrl(report);
        var composed = withUnsubscribe(linked, unsubscribe);
        var images = composed.images().stream()
                .map(image -> new OutgoingMail.Image(image.contentId(), image.type(), image.bytes()))
                .toList();
        var mail = new OutgoingMail(
                report.address(),
                senderName(report.tenant()),
                report.tenant().replyTo(),
                messageId,
                report.isSample() ? SAMPLE + composed.subject() : composed.subject(),
                composed.html(),
                composed.text(),
                read.attachments(),
                images)
                .with(FeedbackId.HEADER, feedbackId(report));
        return unsubscribe.map(mail::withUnsubscribe).orElse(mail);
    }

    private static String feedbackId(ReportTask report) {
        var type = report.isSample() ? FeedbackId.Type.SAMPLE : FeedbackId.Type.REPORT;
        return FeedbackId.of(report.definition(), report.tenant().slug(), type);
    }

    private static MailText withUnsubscribe(MailText mail, Optional<String> address) {
        var placeholder = MailLinks.UNSUBSCRIBE.toString();
        if (address.isEmpty() && (mail.html().contains(placeholder) || mail.text().contains(placeholder))) {
            throw new IllegalStateException("its mail has an unsubscribe address, but weekly.public-url or weekly.keys.current is not set");
        }
        return address.map(url -> mail.with(placeholder, url)).orElse(mail);
    }

    private static String senderName(ReportTask.Tenant tenant) {
        return tenant.senderName() != null && SenderName.isVisible(tenant.senderName()) ? tenant.senderName() : tenant.name();
    }

    private static String name(ReportTask report, StoredFile file) {
        return "%s-%s-%s.%s".formatted(report.tenant().slug(), report.definition(), report.period(), file.type().extension());
    }

    /** The files are larger than a mail may be. */
    static final class TooLarge extends RuntimeException {
        TooLarge(String message) {
            super(message);
        }
    }
}
