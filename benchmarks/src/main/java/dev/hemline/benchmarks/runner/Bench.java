package dev.hemline.benchmarks.runner;

import dev.hemline.fashionmnist.DatasetException;
import dev.hemline.service.BaseCommand;
import dev.hemline.service.CommandLineApp;
import dev.hemline.service.JsonFile;
import dev.hemline.service.ProgressBars;
import dev.hemline.service.UserError;
import dev.hemline.testbed.child.ChildProcess.ChildFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that measures and brings its figures to the terminal, and to a file if one is named. */
@Command(showDefaultValues = true)
public abstract class Bench<R extends Report> extends BaseCommand {
    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures here too.")
    @Nullable
    Path json;

    @Spec
    CommandSpec command = CommandSpec.create();

    private final String counted;

    /** Hears how far a bench is. */
    @FunctionalInterface
    public interface Progress {
        /**
         * Something begins.
         *
         * @param before how many turns, swaps or events there were so far
         * @param all how many there will be
         * @param what begins, for instance whose turn it is
         */
        void at(long before, long all, String what);
    }

    /**
     * Where and when it measures.
     *
     * @param folder for data and logs; it goes afterwards, and stays where something failed
     * @param machine as it was before
     */
    public record Run(Path folder, Machine machine, Progress progress) {}

    /** One with {@code --chart FILE}. */
    public abstract static class Charted<R extends Report.Drawn> extends Bench<R> {
        @Option(names = "--chart", paramLabel = "FILE", description = "Draw the figures into this SVG file.")
        @Nullable
        Path chart;

        /** One that takes turns. */
        protected Charted() {}

        /** @param counted what is counted while it measures */
        protected Charted(String counted) {
            super(counted);
        }

        /** Whether there is to be a drawing. */
        protected boolean draws() {
            return chart != null;
        }

        @Override
        Stream<Path> files() {
            return Stream.concat(super.files(), Stream.ofNullable(chart));
        }

        @Override
        void write(R report) {
            super.write(report);
            if (chart != null) {
                report.draw(chart);
            }
        }
    }

    /** One that takes turns. */
    protected Bench() {
        this("Turns");
    }

    /** @param counted what is counted while it measures, for instance {@code Turns} */
    protected Bench(String counted) {
        this.counted = counted;
    }

    /**
     * Looks at what {@link Flags.Within} cannot tell.
     *
     * @throws IllegalArgumentException naming a flag that is wrong
     */
    protected void requireValidFlags() {}

    protected abstract R measure(Run run) throws InterruptedException;

    /**
     * Measures, and tells what came of it.
     *
     * @throws UserError before anything is measured if the figures cannot be written; or if the folder cannot be made, the images
     *     are missing, or a child process failed; then it names its log
     */
    @Override
    public final Integer call() throws InterruptedException {
        command.options().forEach(Flags::requireWithin);
        requireValidFlags();
        files().forEach(JsonFile::requireWritable);
        R report = measured();
        say(report.table());
        write(report);
        return report.passed() ? 0 : CommandLineApp.FAILED;
    }

    private R measured() throws InterruptedException {
        try {
            Path folder = Files.createTempDirectory(command.qualifiedName("-") + "-");
            R report;
            try (ProgressBar bar = ProgressBars.of(counted, -1, counted.toLowerCase(Locale.ROOT))
                    .build()) {
                report = measure(new Run(folder, Machine.now(), (before, all, now) -> {
                    bar.maxHint(all);
                    bar.stepTo(before);
                    bar.setExtraMessage(" " + now);
                }));
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

    Stream<Path> files() {
        return Stream.ofNullable(json);
    }

    void write(R report) {
        if (json != null) {
            JsonFile.write(report, json);
        }
    }
}
