package io.weekly.api;

import io.weekly.delivery.inbound.InboundResult;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What became of the events of a request.
 *
 * @param applied how many changed something
 * @param ignored how many changed nothing
 * @param items one for each event, in their order
 */
@Schema(name = "InboundOutcomes")
public record InboundAnswer(int applied, int ignored, List<Item> items) {

    /**
     * What became of one event.
     *
     * @param result {@code applied}, {@code repeated}, {@code unknown-mail}, {@code contradictory}, {@code other-recipient}, {@code
     *     nothing-to-do} or {@code decided}
     */
    @Schema(name = "InboundOutcome")
    public record Item(String result) {}

    static InboundAnswer of(List<InboundResult> results) {
        var applied = (int) results.stream().filter(result -> result == InboundResult.APPLIED).count();
        return new InboundAnswer(
                applied, results.size() - applied, results.stream().map(result -> new Item(result.text())).toList());
    }
}
