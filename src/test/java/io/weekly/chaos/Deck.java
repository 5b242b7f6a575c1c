package io.weekly.chaos;

import io.weekly.chaos.Mood.Answer;
import io.weekly.chaos.Mood.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Every bad reply at every step, in random order. Each is used once before any is repeated. */
final class Deck {

    static final List<Mood> CARDS = Arrays.stream(Answer.values())
            .filter(answer -> answer != Answer.GOOD)
            .flatMap(answer -> Arrays.stream(Step.values()).map(step -> new Mood(answer, step)))
            .toList();

    private final Random random;
    private final List<Mood> left = new ArrayList<>();

    Deck(Random random) {
        this.random = random;
    }

    Mood deal() {
        if (left.isEmpty()) {
            left.addAll(CARDS);
            Collections.shuffle(left, random);
        }
        return left.removeLast();
    }
}
