package io.weekly.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlanTest {

    private static final Settings USUAL = new Settings(7, 600, 20, 20);

    @Test
    void theSameSettingsMakeTheSamePlan() {
        assertThat(Plan.of(USUAL)).isEqualTo(Plan.of(USUAL)).isNotEqualTo(Plan.of(new Settings(8, 600, 20, 20)));
    }

    @Test
    void aUsualPlanHasEveryMood() {
        assertThat(Plan.of(USUAL).events())
                .filteredOn(Event.Moody.class::isInstance)
                .extracting(event -> ((Event.Moody) event).mood())
                .containsAll(Deck.CARDS);
    }

    @Test
    void moreKillsDoNotMeanMoreOtherEvents() {
        var plan = Plan.of(new Settings(7, 5000, 200, 20));

        assertThat(plan.events()).filteredOn(Event.Kill.class::isInstance).hasSize(200);
        assertThat(plan.events()).hasSize(Plan.of(USUAL).events().size() + 180);
    }

    @Test
    void noMoodIsRepeatedBeforeAllWereUsed() {
        var deck = new Deck(new Random(7));

        assertThat(Stream.generate(deck::deal).limit(Deck.CARDS.size())).containsExactlyInAnyOrderElementsOf(Deck.CARDS);
        assertThat(Stream.generate(deck::deal).limit(Deck.CARDS.size())).containsExactlyInAnyOrderElementsOf(Deck.CARDS);
    }
}
