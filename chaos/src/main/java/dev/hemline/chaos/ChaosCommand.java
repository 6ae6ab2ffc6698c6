package dev.hemline.chaos;

import dev.hemline.service.BaseCommand;
import dev.hemline.service.CommandLineApp;
import dev.hemline.service.JsonFile;
import dev.hemline.service.StopSignal;
import dev.hemline.service.UserError;
import dev.hemline.service.Verb;
import dev.hemline.testbed.child.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hemline chaos}. */
@Command(
        name = "chaos",
        sortOptions = false,
        header = "Attacks a whole stream on this machine, and counts what became of every event.",
        description = {
            "Starts three brokers (replication 3, min ISR 2), two classifiers and a producer, each a JVM of its own. Then, for"
                    + " --seconds, waves of one or two faults at once: classifiers killed with -9, ended with TERM, or frozen"
                    + " for longer than their session; a broker killed with -9; the network between a classifier and all"
                    + " brokers silent. Meanwhile a model version comes every few seconds, every third of them bad in one of"
                    + " the ways that classifiers refuse; one event in fifty is malformed, one in fifty is poison, as are"
                    + " records on every other topic; labels come late, doubled, changed, and for events that never were.",
            "",
            "After each wave the stream has to recover: every partition gives a committed result for an event made after the"
                    + " fault, every replica is in sync, every classifier is back in its group. At the end all is healed, and a"
                    + " program of its own reads the topics, committed records only, and asks no app: is an event without"
                    + " outcome, or has it two? Is a result other than what the version it names answers offline? Do scores"
                    + " add up to what results and labels give?",
            "",
            "The exit code is 0 if nothing is missing, duplicated, wrong or scored otherwise, else 1.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  A minute and a half of it:",
            "    hemline chaos",
            "  Ten minutes of other faults, written down:",
            "    hemline chaos --seconds 600 --seed 7 --json chaos.json",
            "  New versions have to win, and challengers are victims, too:",
            "    hemline chaos --experiment --rate 60",
            "  A classifier that loses events: the check has to find out:",
            "    hemline chaos --seconds 40 --design naive",
            "  An hour of poison alone:",
            "    hemline chaos --seconds 3600 --no-faults --poison 0.2",
            "",
            "It takes two cores, 3 GB of memory, and the command 'kill'. Ctrl-C ends the attack and counts."
        })
public final class ChaosCommand extends BaseCommand implements Verb {
    private static final Duration GRACE = Duration.ofMinutes(15);

    @Mixin
    ChaosOptions options = new ChaosOptions();

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures here too.")
    @Nullable
    Path json;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "Keep data and logs here, an empty or a new folder. Default: a temporary one, kept only if"
                    + " something is wrong")
    @Nullable
    Path folder;

    @Override
    public Integer call() throws InterruptedException {
        options.require();
        if (json != null) {
            JsonFile.requireWritable(json);
        }
        var screen = new ChaosScreen(out());
        try (StopSignal stop = StopSignal.onTermination(GRACE);
                RunFolder place = RunFolder.open(Optional.ofNullable(folder), "hemline-chaos-")) {
            requireEmpty(place.root());
            ChaosReport report = run(place, screen, stop);
            say(report.lines());
            if (json != null) {
                JsonFile.write(report, json);
            }
            if (!report.clean()) {
                place.keep();
                screen.say("data and logs are in " + place.root());
            }
            return report.clean() ? 0 : CommandLineApp.FAILED;
        }
    }

    private ChaosReport run(RunFolder place, ChaosScreen screen, StopSignal stop) throws InterruptedException {
        try {
            return new Chaos(options, place.root(), screen, stop::requested).run();
        } catch (RuntimeException e) {
            place.keep();
            throw e;
        }
    }

    private static void requireEmpty(Path folder) {
        try (var content = Files.list(folder)) {
            if (content.findAny().isPresent()) {
                throw new UserError("Folder " + folder + " is not empty; chaos begins anew, choose another --folder");
            }
        } catch (IOException e) {
            throw new UserError("Folder " + folder + " cannot be used: " + e, e);
        }
    }
}
