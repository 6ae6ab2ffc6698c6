package dev.hemline.benchmarks.training;

import dev.hemline.benchmarks.tournament.TurnBar;
import dev.hemline.trainer.training.Validation;
import java.util.Locale;

/**
 * Progress on a terminal: turns, then the race.
 *
 * @param bar closed by whoever opened it
 */
record BenchBar(TurnBar bar) implements BenchProgress {

    @Override
    public void turn(int before, int all, String contender) {
        bar.turn(before, all, contender);
    }

    @Override
    public void validated(Validation validation) {
        bar.afterwards(String.format(Locale.ROOT, "race: %.1f %%", validation.accuracy() * 100));
    }
}
