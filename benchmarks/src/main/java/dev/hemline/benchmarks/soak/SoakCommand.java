package dev.hemline.benchmarks.soak;

import dev.hemline.fashionmnist.DatasetException;
import dev.hemline.model.network.Networks;
import dev.hemline.quickstart.Verb;
import dev.hemline.quickstart.child.ChildFailure;
import dev.hemline.quickstart.report.JsonFile;
import dev.hemline.service.CommandLineApp;
import dev.hemline.service.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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

    @Option(
            names = "--network",
            paramLabel = "NAME",
            defaultValue = "tiny",
            description = "Network of the models, with untrained weights. Default: ${DEFAULT-VALUE}")
    String network = "tiny";

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures here too.")
    @Nullable
    Path json;

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, IOException {
        Networks.requireKnown(network);
        var settings = new SoakSettings(events, Duration.ofMillis(Math.round(swapEvery * 1000)), network);
        if (json != null) {
            JsonFile.requireWritable(json);
        }
        SoakReport report = soak(settings);
        if (spec != null) {
            spec.commandLine().getOut().println(JsonFile.text(report));
        }
        if (json != null) {
            JsonFile.write(report, json);
        }
        return report.exactlyOnce() ? 0 : CommandLineApp.FAILED;
    }

    private static SoakReport soak(SoakSettings settings) throws InterruptedException, IOException {
        Path folder = Files.createTempDirectory("hemline-soak-");
        try (ProgressBar bar = new ProgressBarBuilder()
                .setTaskName("Events")
                .setInitialMax(settings.events())
                .setStyle(ProgressBarStyle.ASCII)
                .build()) {
            SoakReport report = new Soak(settings, folder, bar::stepTo).run();
            Utils.delete(folder.toFile());
            return report;
        } catch (ChildFailure e) {
            throw new UserError(e.getMessage() + "; its log is " + e.child().log(), e);
        } catch (DatasetException e) {
            throw new UserError(String.valueOf(e.getMessage()), e);
        }
    }
}
