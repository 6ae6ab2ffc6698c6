package dev.hemline.chaos;

import dev.hemline.chaos.naive.NaiveCommand;
import java.time.Duration;
import picocli.CommandLine.Option;

/** What to attack, for how long, and with what. Use as a picocli {@code @Mixin}. */
final class ChaosOptions {
    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "90",
            description = "How long faults come; the last wave is finished. Default: ${DEFAULT-VALUE}")
    long seconds;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Decides which faults come in which order, and which models, events and labels are bad. Not when: the"
                            + " machine decides that. Default: ${DEFAULT-VALUE}")
    long seed;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "150",
            description = "Image events per second. Default: ${DEFAULT-VALUE}")
    double rate;

    @Option(
            names = "--model-every",
            paramLabel = "SECONDS",
            defaultValue = "4",
            description = "Time between two model versions. Default: ${DEFAULT-VALUE}")
    double modelEvery;

    @Option(
            names = "--poison",
            paramLabel = "RATIO",
            defaultValue = "0.02",
            description =
                    "Part of all image events that are poison, as much of each kind: pictures that unpack to gigabytes,"
                            + " absurd ids, headers and times. With any, every other topic gets records that nobody should have"
                            + " sent, too. 0 to 0.5. Default: ${DEFAULT-VALUE}")
    double poison = 0.02;

    @Option(
            names = "--no-faults",
            description =
                    "Kill, freeze and cut nothing: what poison does alone, to classifiers with the heap that they have"
                            + " by default. Then one that ends by itself is not clean.")
    boolean noFaults;

    @Option(
            names = "--experiment",
            description =
                    "Two challengers run, too, and are among the victims; versions serve when they have won. Then there is one"
                            + " right answer to every event on both topics, and one decision for each comparison, by what a recount"
                            + " gives.")
    boolean experiment;

    @Option(
            names = "--design",
            paramLabel = "DESIGN",
            defaultValue = "hemline",
            description =
                    "hemline, or naive: a classifier that buffers records in a processor, as one would think of first."
                            + " It loses events, and shows that the check can fail. Default: ${DEFAULT-VALUE}")
    Design design = Design.HEMLINE;

    /** How classifiers work. */
    enum Design {
        /** As ours do. */
        HEMLINE("classifier"),
        /** By buffering in a processor, which loses events. */
        NAIVE(NaiveCommand.VERB);

        /** What runs one. */
        final String verb;

        Design(String verb) {
            this.verb = verb;
        }

        /** Whether it judges results by labels. */
        boolean scores() {
            return this == HEMLINE;
        }
    }

    /** @throws IllegalArgumentException naming the flag that is wrong */
    void require() {
        require(seconds >= 1 && seconds < 172_800, "--seconds is 1 to 172799, not " + seconds);
        require(rate >= 10 && rate <= 5_000, "--rate is 10 to 5000 events per second, not " + rate);
        require(poison >= 0 && poison <= 0.5, "--poison is 0 to 0.5, not " + poison);
        require(!experiment || design == Design.HEMLINE, "--experiment is for --design hemline");
        require(
                modelEvery().toMillis() >= 500,
                "--model-every is at least 0.5 s, not " + modelEvery().toMillis() / 1e3);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    /** Of image events, beside {@link #rate}; none for a design that does not claim to stand it. */
    double poisonPerSecond() {
        return design == Design.HEMLINE ? rate * poison / (1 - poison) : 0;
    }

    /** Time between two versions. */
    Duration modelEvery() {
        return Duration.ofMillis(Math.round(modelEvery * 1000));
    }
}
