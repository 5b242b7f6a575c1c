package io.weekly.worker;

import io.smallrye.mutiny.Uni;
import io.weekly.delivery.DeliveryConfig;
import io.weekly.delivery.OutgoingMail;
import io.weekly.delivery.SenderName;
import io.weekly.report.ReportStages;
import io.weekly.report.ReportTask;
import io.weekly.report.StoredFile;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Makes the letter of a generated report out of what is stored: nothing is rendered again. */
@ApplicationScoped
class MailComposer {

    /** The same in every language: whoever gets samples of many recipients sorts them by it. */
    private static final String SAMPLE = "[Sample] ";

    private final ReportStages reports;
    private final ReportFiles files;
    private final RenderPool pool;
    private final DeliveryConfig config;

    MailComposer(ReportStages reports, ReportFiles files, RenderPool pool, DeliveryConfig config) {
        this.reports = reports;
        this.files = files;
        this.pool = pool;
        this.config = config;
    }

    /**
     * Fails with {@link TooLarge}, or where a stored file cannot be read.
     *
     * @param messageId that of the delivery, which all its attempts keep
     */
    Uni<OutgoingMail> of(ReportTask report, String messageId) {
        return reports.files(report)
                .invoke(this::checkSize)
                .flatMap(stored -> pool.submit(() -> letter(report, stored, messageId)));
    }

    private void checkSize(List<StoredFile> stored) {
        var bytes = stored.stream().filter(file -> !file.isMail()).mapToLong(StoredFile::bytes).sum();
        var most = config.maxAttachmentBytes().asLongValue();
        if (bytes > most) {
            throw new TooLarge("its files have %d bytes, more than weekly.delivery.max-attachment-bytes (%d)".formatted(bytes, most));
        }
    }

    private OutgoingMail letter(ReportTask report, List<StoredFile> stored, String messageId) {
        var mail = files.mail(stored);
        var attachments = stored.stream()
                .filter(file -> !file.isMail())
                .map(file -> new OutgoingMail.Attachment(name(report, file), file.type().mediaType(), files.read(file)))
                .toList();
        var images = mail.images().stream()
                .map(image -> new OutgoingMail.Image(image.contentId(), image.type(), image.bytes()))
                .toList();
        return new OutgoingMail(
                report.address(),
                senderName(report.tenant()),
                report.tenant().replyTo(),
                messageId,
                report.isSample() ? SAMPLE + mail.subject() : mail.subject(),
                mail.html(),
                mail.text(),
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
