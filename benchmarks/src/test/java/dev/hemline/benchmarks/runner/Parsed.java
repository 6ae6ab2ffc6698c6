package dev.hemline.benchmarks.runner;

import dev.hemline.service.CommandLineApp;
import java.nio.file.Path;
import java.util.Map;

/** Benches with their flags set as from a command line. */
public final class Parsed {
    public static final Machine IDLE = new Machine(2, 0);

    private Parsed() {}

    /** On a machine that does nothing else. */
    public static Bench.Run run(Path folder, Bench.Progress progress) {
        return new Bench.Run(folder, IDLE, progress);
    }

    public static <B> B of(B bench, String... flags) {
        CommandLineApp.of(bench, Map.of()).parseArgs(flags);
        return bench;
    }
}
