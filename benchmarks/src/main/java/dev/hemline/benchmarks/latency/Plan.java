package dev.hemline.benchmarks.latency;

import dev.hemline.benchmarks.stream.Way;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Who gets which loads.
 *
 * @param capacities events a second that each contender is able to work off
 * @param loads the lightest first
 */
record Plan(Map<Way, Double> capacities, List<Load> loads) {
    private static final double HALF = 0.5;

    /** One contender under one load. */
    record Trial(Way way, Load load, boolean withSwaps) {}

    /**
     * Shares of the first contender's capacity, and half of what each of the others is able to do.
     *
     * @param capacities of all contenders, in their order
     */
    static Plan of(Map<Way, Double> capacities, List<Double> shares) {
        List<Load> loads = new ArrayList<>();
        capacities.forEach((way, capacity) -> {
            List<Double> own = loads.isEmpty() ? shares : List.of(HALF);
            own.forEach(share -> loads.add(new Load(way, share, share * capacity)));
        });
        loads.sort(Comparator.comparingDouble(Load::eventsPerSecond));
        return new Plan(capacities, loads);
    }

    /** Otherwise the backlog would only grow, and figures tell no more than for how long it did. */
    boolean canBear(Way way, Load load) {
        return load.eventsPerSecond() < Objects.requireNonNull(capacities.get(way));
    }

    /**
     * What a contender goes through in a turn. Only Hemline has models to swap; that trial comes second in one round and first
     * in the next, for a process gets faster with time.
     */
    List<Trial> trials(Way way, int round) {
        return loads.stream()
                .filter(load -> canBear(way, load))
                .flatMap(load -> trials(way, load, round % 2 == 1))
                .toList();
    }

    private static Stream<Trial> trials(Way way, Load load, boolean swapsFirst) {
        var steady = new Trial(way, load, false);
        var swapping = new Trial(way, load, true);
        if (way != Way.HEMLINE) {
            return Stream.of(steady);
        }
        return swapsFirst ? Stream.of(swapping, steady) : Stream.of(steady, swapping);
    }
}
