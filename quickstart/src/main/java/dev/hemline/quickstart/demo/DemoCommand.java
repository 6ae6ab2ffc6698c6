package dev.hemline.quickstart.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hemline.event.ServingPolicy;
import dev.hemline.fashionmnist.DatasetException;
import dev.hemline.fashionmnist.FashionMnist;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.quickstart.demo.screen.Screen;
import dev.hemline.service.BaseCommand;
import dev.hemline.service.CommandLineApp;
import dev.hemline.service.JsonFile;
import dev.hemline.service.ProgressBars;
import dev.hemline.service.StopSignal;
import dev.hemline.service.UserError;
import dev.hemline.testbed.child.ChildProcess.ChildFailure;
import dev.hemline.testbed.child.RunFolder;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hemline demo}. */
@Command(
        name = "demo",
        sortOptions = false,
        header = "Runs the whole stream on this machine and shows it at work.",
        description = {
            "Starts a Kafka broker, a trainer, a classifier and a producer of real images. The first images wait for a"
                    + " first model; better ones take over while the stream runs. Gets the Fashion-MNIST dataset if"
                    + " this machine does not have it.",
            "",
            "Ctrl-C ends it: every event that was sent is waited for, and what became of each is counted on the"
                    + " topics. The exit code is 0 only if every event got exactly one outcome, and if the classifier's"
                    + " scores are what counting results and labels again gives. Counting takes 140 bytes of memory for"
                    + " each event, in the end only; two million fit.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  Until Ctrl-C, with the live page in the browser:",
            "    hemline demo --open",
            "  Two minutes, counted and written down:",
            "    hemline demo --seconds 120 --json summary.json",
            "  Pictures that grow brighter after a minute:",
            "    hemline demo --seconds 120 --drift brighter@60",
            "  New versions have to win on live images before they serve:",
            "    hemline demo --seconds 180 --policy challenger",
            "  Pictures are inverted after a minute, and the system mends itself:",
            "    hemline demo --season invert --json season.json",
            "  Keep the data, go on with it next time:",
            "    hemline demo --dir ~/hemline --port 19092"
        })
public final class DemoCommand extends BaseCommand {
    @Mixin
    DemoOptions options = new DemoOptions();

    @Option(names = "--json", paramLabel = "FILE", description = "Write the summary here too.")
    @Nullable
    Path json;

    @Override
    public Integer call() throws InterruptedException {
        options.require();
        if (json != null) {
            JsonFile.requireWritable(json);
        }
        DemoPorts ports = DemoPorts.from(options.port, options.policy() == ServingPolicy.CHALLENGER);
        try (Interrupts interrupts = new Interrupts();
                RunFolder kept = RunFolder.open(Optional.ofNullable(options.folder), "hemline-demo-")) {
            DemoFolder inside = DemoFolder.in(kept.root());
            LabelledImages images = testImages();
            try {
                return run(images, ports, inside, interrupts.stop());
            } catch (ChildFailure e) {
                kept.keep();
                System.err.println("\nThe last lines of " + e.child().log() + ":");
                e.child().lastLines().forEach(line -> System.err.println("  " + line));
                throw new UserError(e.getMessage() + "; its log is " + e.child().log(), e);
            }
        }
    }

    private LabelledImages testImages() {
        try {
            return FashionMnist.load(options.data, ProgressBars::watch).test();
        } catch (DatasetException e) {
            throw new UserError(String.valueOf(e.getMessage()), e);
        }
    }

    private int run(LabelledImages images, DemoPorts ports, DemoFolder folder, StopSignal stop)
            throws InterruptedException {
        PrintStream standardError = System.err;
        try (var log = new PrintStream(new FileOutputStream(folder.log("demo").toFile(), true), true, UTF_8);
                Screen screen = Screen.here()) {
            // Log lines on the screen would tear the status apart.
            System.setErr(log);
            DemoSummary summary = new Demo(options, images, ports, folder, screen, stop).run();
            summary.lines(ZoneId.systemDefault()).forEach(screen::say);
            if (json != null) {
                JsonFile.write(summary, json);
            }
            if (!summary.scoresMatchRecount()) {
                screen.say("The classifier's scores are not what results and labels give: " + summary.scored()
                        + " scored, " + summary.recounted() + " by the recount");
            }
            if (summary.exactlyOnce()) {
                return summary.scoresMatchRecount() ? 0 : CommandLineApp.FAILED;
            }
            screen.say("Not every event got exactly one outcome: " + summary.missing() + " missing, "
                    + summary.duplicated() + " duplicated"
                    + (summary.classified() == 0 ? "; no model was ready in time" : ""));
            return CommandLineApp.FAILED;
        } catch (IOException e) {
            throw new UserError("Folder " + folder.logs() + " cannot be used: " + e, e);
        } finally {
            System.setErr(standardError);
        }
    }
}
