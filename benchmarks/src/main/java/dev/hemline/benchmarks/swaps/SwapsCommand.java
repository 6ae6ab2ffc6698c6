package dev.hemline.benchmarks.swaps;

import dev.hemline.fashionmnist.DatasetException;
import dev.hemline.model.network.Networks;
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
        var settings = new SwapsSettings(swaps, warmUp, Duration.ofMillis(Math.round(every * 1000)), rate, network);
        if (json != null) {
            JsonFile.requireWritable(json);
        }
        SwapsReport report = measure(settings);
        say(JsonFile.text(report));
        if (json != null) {
            JsonFile.write(report, json);
        }
        return report.exactlyOnce() ? 0 : CommandLineApp.FAILED;
    }

    private static SwapsReport measure(SwapsSettings settings) throws InterruptedException, IOException {
        Path folder = Files.createTempDirectory("hemline-bench-");
        int all = settings.warmUp() + settings.swaps();
        try (ProgressBar bar = new ProgressBarBuilder()
                .setTaskName("Swaps")
                .setInitialMax(all)
                .setStyle(ProgressBarStyle.ASCII)
                .build()) {
            SwapsReport report = new SwapsBench(settings, folder, bar::stepTo).run();
            Utils.delete(folder.toFile());
            return report;
        } catch (ChildFailure e) {
            throw new UserError(e.getMessage() + "; its log is " + e.child().log(), e);
        } catch (DatasetException e) {
            throw new UserError(String.valueOf(e.getMessage()), e);
        }
    }

    private void say(String text) {
        if (spec != null) {
            spec.commandLine().getOut().println(text);
        }
    }
}
