package dev.hemline.benchmarks.runner;

import dev.hemline.fashionmnist.DatasetException;
import dev.hemline.insight.chart.BarChart;
import dev.hemline.insight.chart.Chart;
import dev.hemline.insight.chart.ChartColour;
import dev.hemline.insight.page.ChartFile;
import dev.hemline.service.CommandLineApp;
import dev.hemline.service.JsonFile;
import dev.hemline.service.ProgressBars;
import dev.hemline.service.UserError;
import dev.hemline.testbed.child.ChildProcess.ChildFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a bench and brings its figures to the terminal, and to a file if one is named. Use as a picocli {@code @Mixin}. */
public class BenchOutput {
    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures here too.")
    @Nullable
    Path json;

    @Spec(Spec.Target.MIXEE)
    CommandSpec command = CommandSpec.create();

    /** A bench. */
    @FunctionalInterface
    public interface Measurement<R extends Report> {
        /** @param folder for data and logs; it goes afterwards, and stays where something failed */
        R in(Path folder, Progress progress) throws InterruptedException;
    }

    /** The same with {@code --chart FILE}. */
    public static final class Charted extends BenchOutput {
        @Option(names = "--chart", paramLabel = "FILE", description = "Draw the medians into this SVG file.")
        @Nullable
        Path chart;

        @Override
        void requireWritable() {
            super.requireWritable();
            if (chart != null) {
                JsonFile.requireWritable(chart);
            }
        }

        @Override
        void write(Report report) {
            super.write(report);
            if (chart != null) {
                Report.Bars bars = report.bars();
                List<String> names = new ArrayList<>(bars.values().keySet());
                Chart drawn = BarChart.ofNumbers(names, bars.decimals())
                        .add(
                                bars.caption(),
                                ChartColour.FIRST,
                                new ArrayList<>(bars.values().values()))
                        .titled(bars.title(), bars.caption());
                ChartFile.write(drawn, chart);
            }
        }
    }

    /**
     * Measures, and tells what came of it.
     *
     * @param what is counted while that goes on, for instance {@code Turns}
     * @return the exit code
     * @throws UserError before anything is measured if the figures cannot be written; or if the folder cannot be made, the images
     *     are missing, or a child process failed; then it names its log
     */
    public <R extends Report> int run(String what, Measurement<R> measurement) throws InterruptedException {
        requireWritable();
        R report = measured(what, measurement);
        write(report);
        return report.passed() ? 0 : CommandLineApp.FAILED;
    }

    private <R extends Report> R measured(String what, Measurement<R> measurement) throws InterruptedException {
        try {
            Path folder = Files.createTempDirectory(command.qualifiedName("-") + "-");
            R report;
            try (ProgressBar bar =
                    ProgressBars.of(what, -1, what.toLowerCase(Locale.ROOT)).build()) {
                report = measurement.in(folder, (before, all, now) -> {
                    bar.maxHint(all);
                    bar.stepTo(before);
                    bar.setExtraMessage(" " + now);
                });
            }
            Utils.delete(folder.toFile());
            return report;
        } catch (ChildFailure e) {
            throw new UserError(e.getMessage() + "; its log is " + e.child().log(), e);
        } catch (DatasetException e) {
            throw new UserError(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new UserError("No folder for data and logs: " + e.getMessage(), e);
        }
    }

    void requireWritable() {
        if (json != null) {
            JsonFile.requireWritable(json);
        }
    }

    void write(Report report) {
        var out = command.commandLine().getOut();
        report.table().forEach(out::println);
        out.flush();
        if (json != null) {
            JsonFile.write(report, json);
        }
    }
}
