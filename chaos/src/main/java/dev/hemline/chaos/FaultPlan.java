package dev.hemline.chaos;

import dev.hemline.chaos.Fault.Kind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * Waves without end, the same for the same seed. Kinds are dealt from a shuffled deck, so that every kind comes about as often
 * as every other, and no two brokers are gone at once.
 */
final class FaultPlan {
    private static final double TWO_AT_ONCE = 0.4;
    private static final int BROKERS = 3;

    /**
     * Faults that are there at the same time.
     *
     * @param faults one or two, of different parts
     * @param between how long the second comes after the first
     * @param rest how long the stream is left alone after it has recovered
     */
    record Wave(List<Fault> faults, Duration between, Duration rest) {
        Wave {
            faults = List.copyOf(faults);
        }
    }

    private final Random random;
    private final int classifiers;
    private final Deque<Kind> deck = new ArrayDeque<>();

    /** @param classifiers how many there are to be hurt */
    FaultPlan(long seed, int classifiers) {
        this.classifiers = classifiers;
        random = new Random(seed);
    }

    Wave next() {
        Kind first = deal();
        int classifier = random.nextInt(classifiers);
        List<Fault> faults = new ArrayList<>(List.of(fault(first, classifier)));
        // A deck's last card and the next deck's first may be of one kind.
        if (random.nextDouble() < TWO_AT_ONCE && !deck.isEmpty()) {
            faults.add(fault(deal(), classifiers - 1 - classifier));
        }
        return new Wave(faults, millis(0, 3_000), millis(1_000, 5_000));
    }

    private Kind deal() {
        if (deck.isEmpty()) {
            List<Kind> all = new ArrayList<>(List.of(Kind.values()));
            Collections.shuffle(all, random);
            deck.addAll(all);
        }
        return deck.remove();
    }

    private Fault fault(Kind kind, int classifier) {
        return switch (kind) {
            case KILL_CLASSIFIER, STOP_CLASSIFIER -> new Fault(kind, classifier, millis(500, 5_000));
            // Sessions end after ten seconds.
            case FREEZE_CLASSIFIER -> new Fault(kind, classifier, millis(12_000, 18_000));
            case KILL_BROKER -> new Fault(kind, random.nextInt(BROKERS), millis(500, 6_000));
            case PAUSE_NETWORK -> new Fault(kind, classifier, millis(3_000, 16_000));
        };
    }

    private Duration millis(int least, int most) {
        return Duration.ofMillis(least + random.nextInt(most - least));
    }
}
