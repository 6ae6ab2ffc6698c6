package dev.hemline.benchmarks.soak;

import dev.hemline.benchmarks.command.CountBar;
import dev.hemline.benchmarks.command.MeasurementFolder;
import dev.hemline.benchmarks.command.NetworkOption;
import dev.hemline.benchmarks.command.ReportOutput;
import dev.hemline.service.CommandLineApp;
import dev.hemline.service.Verb;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hemline soak}. */
@Command(
        name = "soak",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Sends millions of labelled images through a classifier at full speed, with a broker of its own, while models"
                    + " change; says whether memory, threads, open files or local state grow.",
            "",
            "Of each figure it tells by how much it rises per million events, and how large a rise may be chance. The first"
                    + " quarter of the events is left out. Exit code 1 if an event was lost or doubled. Needs Linux.",
            ""
        },
        footer = {"", "Example:", "  hemline soak --events 2000000 --json soak.json"})
public final class SoakCommand implements Verb, Callable<Integer> {
    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "2000000",
            description = "Images to send; their events stay on disk until the end. Default: ${DEFAULT-VALUE}")
    long events;

    @Option(
            names = "--swap-every",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "Time between two model versions. Default: ${DEFAULT-VALUE}")
    double swapEvery;

    @Mixin
    NetworkOption network = new NetworkOption();

    @Option(
            names = "--label-window",
            paramLabel = "TIME",
            defaultValue = "24h",
            description =
                    "How long the classifier keeps results and labels for each other. With 24h its local state grows all"
                            + " the time, as it should; with 30s it is soon as large as it gets. Default: ${DEFAULT-VALUE}")
    String labelWindow = "24h";

    @Option(
            names = "--no-scores",
            description = "Only classify, and keep no local state: tells whether what grows belongs to scoring.")
    boolean noScores;

    @Mixin
    ReportOutput output = new ReportOutput();

    @Override
    public Integer call() throws InterruptedException {
        Duration betweenSwaps = Duration.ofMillis(Math.round(swapEvery * 1000));
        var settings = new SoakSettings(events, betweenSwaps, network.name(), labelWindow, !noScores);
        output.requireWritable();
        SoakReport report = MeasurementFolder.lend("soak", folder -> soak(settings, folder));
        output.write(report);
        return report.exactlyOnce() ? 0 : CommandLineApp.FAILED;
    }

    private static SoakReport soak(SoakSettings settings, Path folder) throws InterruptedException {
        try (ProgressBar bar = CountBar.open("Events", settings.events())) {
            return new Soak(settings, folder, bar::stepTo).run();
        }
    }
}
