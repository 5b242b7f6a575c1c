package io.weekly.worker;

import io.weekly.definition.DefinitionTemplates.MailTemplates;
import io.weekly.definition.ReportFacts;
import io.weekly.render.brand.LogoImage;
import io.weekly.render.pdf.PdfFile;
import io.weekly.render.template.ReportTemplate;
import io.weekly.report.DeliveryMode;
import io.weekly.report.ReportTask;
import io.weekly.text.Warning;
import java.util.ArrayList;
import java.util.List;

/** Collects what the reader of a report does not see of it: characters, images and the logo. */
final class CompositionWarnings {

    private static final String LOGO = "logo-left-out";
    private static final String IMAGE = "image-left-out";

    private final ReportTask report;
    private final ReportFacts facts;
    private final List<Warning> warnings = new ArrayList<>();
    private boolean needsLogo;

    CompositionWarnings(ReportTask report, ReportFacts facts) {
        this.report = report;
        this.facts = facts;
    }

    void addPdf(PdfFile pdf, ReportTemplate page) {
        pdf.missing().warning("the report").ifPresent(warnings::add);
        if (pdf.imagesLeftOut() > 0) {
            warnings.add(new Warning(IMAGE, ("Images that the PDF does not show: %d. It shows PNG and JPEG of at most a megabyte"
                    + " that are in the page as data: URIs.").formatted(pdf.imagesLeftOut())));
        }
        needsLogo |= page.showsLogo();
    }

    /** The mail is also composed if none is to be sent. Then nobody misses the logo. */
    void addMail(MailTemplates mail) {
        if (report.delivery() == DeliveryMode.NONE || !mail.html().showsLogo()) {
            return;
        }
        needsLogo = true;
        facts.tenant().logo().filter(logo -> !logo.fitsMail()).ifPresent(logo -> warnings.add(new Warning(LOGO,
                "The mail shows no logo, because %s. Upload a PNG or JPEG of at most 64 KB.".formatted(fault(logo)))));
    }

    private static String fault(LogoImage logo) {
        return logo.mediaType().equals(LogoImage.SVG)
                ? "mail programs do not show SVG"
                : "the logo has %d bytes".formatted(logo.bytes().length);
    }

    /** All warnings. Each file and the mail must have been added. */
    List<Warning> list() {
        var all = new ArrayList<>(warnings);
        if (needsLogo && report.tenant().logo() != null && facts.tenant().logo().isEmpty()) {
            all.add(new Warning(LOGO, "The report shows no logo, because the logo of the tenant cannot be drawn. Upload another one."));
        }
        return all;
    }
}
