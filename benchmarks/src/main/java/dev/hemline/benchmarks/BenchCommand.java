package dev.hemline.benchmarks;

import dev.hemline.benchmarks.swaps.SwapsCommand;
import dev.hemline.quickstart.Verb;
import picocli.CommandLine.Command;

/** {@code hemline bench}. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "NAME",
        description = {
            "Measures on this machine, with a broker of its own. Close other programs first: figures of a busy machine say"
                    + " little, and those of two machines do not compare.",
            ""
        },
        commandListHeading = "%nBenchmarks:%n",
        footer = {"", "Example:", "  hemline bench swaps --swaps 200 --json swaps.json"},
        subcommands = SwapsCommand.class)
public final class BenchCommand implements Verb {}
