package dev.hemline.benchmarks.runner;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Gives everybody a turn, one after the other and round after round, so that whatever the machine does besides falls on all of
 * them.
 */
public final class Turns {
    private final long all;
    private final Bench.Progress progress;
    private long before;

    /** @param all turns that there will be */
    public Turns(long all, Bench.Progress progress) {
        this.all = all;
        this.progress = progress;
    }

    /** A turn, which gives what is wanted of it. */
    @FunctionalInterface
    public interface Turn<C, T> {
        /** @param round 0, 1, 2, …; below 0 for one that does not count */
        T take(C contender, int round) throws InterruptedException;
    }

    /** What came of somebody's turns, round by round. */
    public record Taken<C, T>(C by, List<T> turns) {}

    /** Something goes on that is nobody's turn. */
    public void meanwhile(String what) {
        progress.at(before, all, what);
    }

    /**
     * Lets everybody have as many turns as there are rounds.
     *
     * @param name as a person calls one of them
     * @param warmUp rounds before those that count
     * @return in the order of the contenders, the rounds that count
     */
    public <C, T> List<Taken<C, T>> play(
            List<C> contenders, Function<C, String> name, int warmUp, int rounds, Turn<C, T> turn)
            throws InterruptedException {
        List<Taken<C, T>> taken = contenders.stream()
                .map(contender -> new Taken<C, T>(contender, new ArrayList<>()))
                .toList();
        for (int round = -warmUp; round < rounds; round++) {
            for (Taken<C, T> one : taken) {
                meanwhile(name.apply(one.by()));
                T came = turn.take(one.by(), round);
                before++;
                if (round >= 0) {
                    one.turns().add(came);
                }
            }
        }
        return taken;
    }
}
