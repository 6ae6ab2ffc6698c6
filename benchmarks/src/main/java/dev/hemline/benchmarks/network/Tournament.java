package dev.hemline.benchmarks.network;

import dev.hemline.benchmarks.runner.Bench;
import dev.hemline.benchmarks.runner.Speed;
import dev.hemline.benchmarks.runner.Turns;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * How fast each of several is that do the same in this JVM. The first round does not count: compilers and allocators settle in
 * it.
 *
 * @param rounds that count, at least 1
 * @param turn how long the steps of each turn take together
 */
record Tournament(int rounds, Duration turn, Bench.Progress progress) {
    private static final int WARM_UP_STEPS = 3;

    /**
     * One of those that do the same.
     *
     * @param name as the report calls it
     * @param imagesPerStep images that each step goes through
     * @param turn takes steps, each told to the timer, until the timer has seen enough
     */
    record Entrant(String name, int imagesPerStep, Consumer<StepTimer> turn) {
        /** One that takes the same step again and again. */
        static Entrant repeating(String name, int imagesPerStep, Runnable step) {
            return new Entrant(name, imagesPerStep, timer -> {
                do {
                    step.run();
                } while (timer.stepped());
            });
        }
    }

    /** Their speeds, in their order. */
    List<Speed> speeds(List<Entrant> entrants) throws InterruptedException {
        return new Turns((rounds + 1L) * entrants.size(), progress)
                .play(entrants, Entrant::name, 1, rounds, (entrant, round) -> imagesPerSecond(entrant)).stream()
                        .map(taken -> Speed.of(taken.by().name(), taken.turns()))
                        .toList();
    }

    private double imagesPerSecond(Entrant entrant) {
        var timer = new StepTimer(WARM_UP_STEPS, turn, System::nanoTime);
        entrant.turn().accept(timer);
        return timer.stepsPerSecond() * entrant.imagesPerStep();
    }
}
