package dev.hemline.benchmarks.swaps;

import dev.hemline.benchmarks.command.CountBar;
import dev.hemline.benchmarks.command.MeasurementFolder;
import dev.hemline.benchmarks.command.NetworkOption;
import dev.hemline.benchmarks.command.ReportOutput;
import dev.hemline.service.CommandLineApp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hemline bench swaps}. */
@Command(
        name = "swaps",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Swaps models under a running stream, again and again: is an event lost or doubled, does memory come back, and"
                    + " what do events that come during a swap wait?",
            "",
            "Exit code 1 if an event was lost or doubled.",
            ""
        })
public final class SwapsCommand implements Callable<Integer> {
    @Option(
            names = "--swaps",
            paramLabel = "N",
            defaultValue = "200",
            description = "How often to swap. Default: ${DEFAULT-VALUE}")
    int swaps;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "30",
            description = "Swaps before those that count, until compilers and allocators have settled."
                    + " Default: ${DEFAULT-VALUE}")
    int warmUp;

    @Option(
            names = "--every",
            paramLabel = "SECONDS",
            defaultValue = "2",
            description = "Shortest time between two swaps; the second around each is compared with the rest."
                    + " Default: ${DEFAULT-VALUE}")
    double every;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "300",
            description = "Image events per second. Default: ${DEFAULT-VALUE}")
    double rate;

    @Mixin
    NetworkOption network = new NetworkOption();

    @Mixin
    ReportOutput output = new ReportOutput();

    @Override
    public Integer call() throws InterruptedException {
        var settings =
                new SwapsSettings(swaps, warmUp, Duration.ofMillis(Math.round(every * 1000)), rate, network.name());
        output.requireWritable();
        SwapsReport report = MeasurementFolder.lend("bench-swaps", folder -> measure(settings, folder));
        output.write(report);
        return report.exactlyOnce() ? 0 : CommandLineApp.FAILED;
    }

    private static SwapsReport measure(SwapsSettings settings, Path folder) throws InterruptedException {
        try (ProgressBar bar = CountBar.open("Swaps", settings.warmUp() + settings.swaps())) {
            return new SwapsBench(settings, folder, bar::stepTo).run();
        }
    }
}
