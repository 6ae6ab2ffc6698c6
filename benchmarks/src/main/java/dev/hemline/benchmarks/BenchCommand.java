package dev.hemline.benchmarks;

import dev.hemline.benchmarks.drift.DriftBench;
import dev.hemline.benchmarks.network.InferenceBench;
import dev.hemline.benchmarks.network.TrainingBench;
import dev.hemline.benchmarks.referee.RefereeBench;
import dev.hemline.benchmarks.refresh.RefreshBench;
import dev.hemline.benchmarks.stream.LatencyBench;
import dev.hemline.benchmarks.stream.ScaleBench;
import dev.hemline.benchmarks.stream.StartupBench;
import dev.hemline.benchmarks.stream.StreamBench;
import dev.hemline.benchmarks.stream.SwapsBench;
import dev.hemline.service.Verb;
import picocli.CommandLine.Command;

/** {@code hemline bench}. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "NAME",
        description = {
            "Measures on this machine; where a stream is needed, with a broker of its own. Close other programs first: figures of a busy machine say"
                    + " little, and those of two machines do not compare.",
            ""
        },
        commandListHeading = "%nBenchmarks:%n",
        footer = {
            "",
            "Examples:",
            "  hemline bench inference --network large",
            "  hemline bench scale --only partitions",
            "  hemline bench stream --events 200000 --json stream.json",
            "  hemline bench latency --shares 0.1,0.5,0.8 --json latency.json",
            "  hemline bench startup --versions 1,100,1000 --json startup.json",
            "  hemline bench swaps --swaps 200 --json swaps.json",
            "  hemline bench training --network large --json training.json",
            "  hemline bench drift --json drift.json --chart power.svg",
            "  hemline bench referee --json referee.json"
        },
        subcommands = {
            InferenceBench.class,
            ScaleBench.class,
            StreamBench.class,
            LatencyBench.class,
            StartupBench.class,
            SwapsBench.class,
            TrainingBench.class,
            DriftBench.class,
            RefereeBench.class,
            RefreshBench.class
        })
public final class BenchCommand implements Verb {}
