package dev.hemline.benchmarks.runner;

import dev.hemline.service.CommandLineApp;
import java.util.Map;

/** Benches with their flags set as from a command line. */
public final class Parsed {
    public static final Machine IDLE = new Machine(2, 0);

    private Parsed() {}

    public static <B> B of(B bench, String... flags) {
        CommandLineApp.of(bench, Map.of()).parseArgs(flags);
        return bench;
    }
}
