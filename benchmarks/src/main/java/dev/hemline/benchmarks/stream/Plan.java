package dev.hemline.benchmarks.stream;

import dev.hemline.benchmarks.peer.Contender;
import dev.hemline.benchmarks.runner.Lines;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Who gets which loads.
 *
 * @param capacities events a second that each contender is able to work off
 * @param loads the lightest first
 */
record Plan(Map<Contender, Double> capacities, List<Load> loads) {
    private static final double HALF = 0.5;

    /**
     * So many events a second, which every contender gets.
     *
     * @param of whose capacity it was made from
     * @param share of that
     * @param eventsPerSecond what that comes to
     */
    record Load(Contender of, double share, double eventsPerSecond) {
        /** For instance {@code 10 % of hemline}. */
        String title() {
            return Lines.text("%.0f %% of %s", share * 100, of.title());
        }
    }

    /** One contender under one load. */
    record Trial(Contender contender, Load load, boolean withSwaps) {}

    /**
     * Shares of the first contender's capacity, and half of what each of the others is able to do.
     *
     * @param capacities of all contenders, in their order
     */
    static Plan of(Map<Contender, Double> capacities, List<Double> shares) {
        List<Load> loads = new ArrayList<>();
        capacities.forEach((contender, capacity) -> {
            List<Double> own = loads.isEmpty() ? shares : List.of(HALF);
            own.forEach(share -> loads.add(new Load(contender, share, share * capacity)));
        });
        loads.sort(Comparator.comparingDouble(Load::eventsPerSecond));
        return new Plan(capacities, loads);
    }

    /** Otherwise the backlog would only grow, and figures tell no more than for how long it did. */
    boolean canBear(Contender contender, Load load) {
        return load.eventsPerSecond() < Objects.requireNonNull(capacities.get(contender));
    }

    /** What a contender goes through in a turn. */
    List<Trial> trials(Contender contender, int round) {
        List<Boolean> swaps = swaps(contender, round);
        return loads.stream()
                .filter(load -> canBear(contender, load))
                .flatMap(load -> swaps.stream().map(withSwaps -> new Trial(contender, load, withSwaps)))
                .toList();
    }

    /**
     * Under each load. Only Hemline has models to swap; that comes second in one round and first in the next, for a process
     * gets faster with time.
     */
    private static List<Boolean> swaps(Contender contender, int round) {
        if (contender != Contender.HEMLINE) {
            return List.of(false);
        }
        return round % 2 == 1 ? List.of(true, false) : List.of(false, true);
    }
}
