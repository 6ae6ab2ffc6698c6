package dev.hemline.benchmarks.tournament;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives every contender a turn, one after the other and round after round, so that whatever the machine does besides falls
 * on all of them. The first round does not count: compilers and allocators settle in it.
 */
public final class Tournament {
    private static final int WARM_UP_STEPS = 3;

    private final int rounds;
    private final Duration turn;
    private final TurnListener progress;

    /** @param rounds that count, at least 1 */
    public Tournament(int rounds, Duration turn, TurnListener progress) {
        this.rounds = rounds;
        this.turn = turn;
        this.progress = progress;
    }

    /** Their speeds, in their order. */
    public List<Speed> speeds(List<Contender> contenders) {
        List<List<Double>> byRound = new ArrayList<>();
        for (int round = 0; round <= rounds; round++) {
            byRound.add(round(round, contenders));
        }
        List<List<Double>> counted = byRound.subList(1, byRound.size());
        List<Speed> speeds = new ArrayList<>();
        for (int i = 0; i < contenders.size(); i++) {
            int place = i;
            speeds.add(Speed.of(
                    contenders.get(i).name(),
                    counted.stream().map(round -> round.get(place)).toList()));
        }
        return speeds;
    }

    private List<Double> round(int round, List<Contender> contenders) {
        List<Double> imagesPerSecond = new ArrayList<>();
        for (Contender contender : contenders) {
            int before = round * contenders.size() + imagesPerSecond.size();
            progress.turn(before, (rounds + 1) * contenders.size(), contender.name());
            imagesPerSecond.add(turn(contender));
        }
        return imagesPerSecond;
    }

    private double turn(Contender contender) {
        var timer = new StepTimer(WARM_UP_STEPS, turn, System::nanoTime);
        contender.turn().accept(timer);
        return timer.stepsPerSecond() * contender.imagesPerStep();
    }
}
