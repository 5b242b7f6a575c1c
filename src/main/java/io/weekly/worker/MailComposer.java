package io.weekly.worker;

import io.smallrye.mutiny.Uni;
import io.weekly.definition.MailText;
import io.weekly.delivery.Deliveries.Delivery;
import io.weekly.delivery.DeliveryConfig;
import io.weekly.delivery.OutgoingMail;
import io.weekly.delivery.SenderName;
import io.weekly.report.DeliveryMode;
import io.weekly.report.ReportStages;
import io.weekly.report.ReportTask;
import io.weekly.report.StoredFile;
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
    private final DeliveryConfig config;

    MailComposer(ReportStages reports, ReportFiles files, MailLinks links, RenderPool pool, DeliveryConfig config) {
        this.reports = reports;
        this.files = files;
        this.links = links;
        this.pool = pool;
        this.config = config;
    }

    /**
     * Fails with {@link TooLarge}, or if a stored file cannot be read, or if the mail needs a link that the settings do not allow. All
     * attempts of a delivery have the same Message-ID and the same link.
     */
    Uni<OutgoingMail> compose(ReportTask report, Delivery delivery) {
        return reports.files(report).flatMap(stored -> {
            var attached = report.delivery() == DeliveryMode.LINK ? List.<StoredFile>of() : filesOfReport(stored);
            checkSize(attached);
            return links.url(report, delivery.number(), stored)
                    .flatMap(link -> pool.submit(() -> mail(report, files.mail(stored), link, attached, delivery.messageId())));
        });
    }

    private static List<StoredFile> filesOfReport(List<StoredFile> stored) {
        return stored.stream().filter(file -> !file.isMail()).toList();
    }

    private void checkSize(List<StoredFile> attached) {
        var bytes = attached.stream().mapToLong(StoredFile::bytes).sum();
        var max = config.maxAttachmentBytes().asLongValue();
        if (bytes > max) {
            throw new TooLarge("its files have %d bytes, more than weekly.delivery.max-attachment-bytes (%d)".formatted(bytes, max));
        }
    }

    private OutgoingMail mail(
            ReportTask report, MailText stored, Optional<String> link, List<StoredFile> attached, String messageId) {
        var composed = link.map(address -> stored.with(MailLinks.PLACEHOLDER.toString(), address)).orElse(stored);
        var attachments = attached.stream()
                .map(file -> new OutgoingMail.Attachment(name(report, file), file.type().mediaType(), files.read(file)))
                .toList();
        var images = composed.images().stream()
                .map(image -> new OutgoingMail.Image(image.contentId(), image.type(), image.bytes()))
                .toList();
        return new OutgoingMail(
                report.address(),
                senderName(report.tenant()),
                report.tenant().replyTo(),
                messageId,
                report.isSample() ? SAMPLE + composed.subject() : composed.subject(),
                composed.html(),
                composed.text(),
                attachments,
                images);
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
