package io.weekly.api.page;

import io.weekly.delivery.suppression.Subscription;
import io.weekly.delivery.suppression.SubscriptionAction;
import io.weekly.text.Ellipsis;
import jakarta.ws.rs.core.Response;

/**
 * The page on which the reader of a mail chooses which mails it gets. Each choice is a form that posts to the address of the page, so it
 * works without scripts.
 */
public final class ChoicesPage {

    private static final int MAX_NAME = 120;

    private final Subscription subscription;
    private final String reportTitle;
    private final PageTexts texts;

    private ChoicesPage(Subscription subscription, String reportTitle, PageTexts texts) {
        this.subscription = subscription;
        this.reportTitle = Ellipsis.shorten(reportTitle, MAX_NAME);
        this.texts = texts;
    }

    /**
     * The page with the current state.
     *
     * @param reportTitle of the report's definition, in the language of the reader
     * @param isSaved whether the reader has just chosen something
     */
    public static Response of(Subscription subscription, String reportTitle, boolean isSaved) {
        return new ChoicesPage(subscription, reportTitle, PageTexts.of(subscription.locale())).response(isSaved);
    }

    private Response response(boolean isSaved) {
        var content = new StringBuilder();
        if (isSaved) {
            content.append("<p class=\"box good\" role=\"status\">").append(Html.escape(texts.get("page_saved"))).append("</p>\n");
        }
        if (subscription.isSuppressed()) {
            content.append("<p class=\"box note\">").append(text("page_suppressed", tenant())).append("</p>\n");
        }
        content.append("<p class=\"text\">").append(text("page_intro", tenant(), shownAddress())).append("</p>\n");
        if (!subscription.areAllStopped()) {
            content.append(thisReport());
        }
        content.append(allReports());
        if (!subscription.areAllStopped()) {
            content.append(pause());
        }
        return new WebPage(texts, subscription.color(), tenant(), texts.get("page_title"), content.toString()).response(200);
    }

    private String thisReport() {
        var stopped = subscription.isReportStopped();
        return section(
                Html.escape(reportTitle),
                text(stopped ? "page_off" : "page_on"),
                stopped ? SubscriptionAction.RESUME_REPORT : SubscriptionAction.STOP_REPORT,
                text(stopped ? "page_resume" : "page_stop"),
                true);
    }

    private String allReports() {
        var stopped = subscription.areAllStopped();
        return section(
                text("page_all", tenant()),
                text(stopped ? "page_all_off" : "page_all_on"),
                stopped ? SubscriptionAction.RESUME_ALL : SubscriptionAction.STOP_ALL,
                text(stopped ? "page_resume_all" : "page_stop_all"),
                stopped);
    }

    private String pause() {
        return subscription.pausedUntil()
                .map(until -> section(
                        text("page_pause"),
                        text("page_pause_on", texts.day(until, subscription.zone())),
                        SubscriptionAction.END_PAUSE,
                        text("page_pause_end"),
                        false))
                .orElseGet(() -> section(
                        text("page_pause"), text("page_pause_off"), SubscriptionAction.PAUSE, text("page_pause_start"), false));
    }

    private static String section(String heading, String state, SubscriptionAction action, String button, boolean isFirst) {
        return """
                <section>
                <div><h2>%s</h2>
                <p>%s</p></div>
                <form method="post"><button%s name="action" value="%s">%s</button></form>
                </section>
                """.formatted(heading, state, isFirst ? " class=\"first\"" : "", action.text(), button);
    }

    private String text(String key, String... values) {
        return Html.escape(texts.with(key, values));
    }

    private String tenant() {
        return Ellipsis.shorten(subscription.tenantName(), MAX_NAME);
    }

    /**
     * A mail may be forwarded. So the page shows its reader which address it is about, and nobody else what the address is. The joiner
     * keeps the at sign on the line of the first letter.
     */
    private String shownAddress() {
        var address = subscription.address();
        return address.charAt(0) + "…\u2060" + address.substring(address.lastIndexOf('@'));
    }
}
