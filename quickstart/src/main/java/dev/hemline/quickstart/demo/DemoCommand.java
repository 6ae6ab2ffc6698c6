package dev.hemline.quickstart.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hemline.fashionmnist.DatasetException;
import dev.hemline.fashionmnist.FashionMnist;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.producer.LabelDelivery;
import dev.hemline.quickstart.demo.screen.Screen;
import dev.hemline.service.BaseCommand;
import dev.hemline.service.CommandLineApp;
import dev.hemline.service.JsonFile;
import dev.hemline.service.ProgressBars;
import dev.hemline.service.StopSignal;
import dev.hemline.service.UserError;
import dev.hemline.testbed.child.ChildFailure;
import dev.hemline.testbed.child.RunFolder;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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
                    + " scores are what counting results and labels again gives.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hemline demo                                   until Ctrl-C",
            "  hemline demo --open                            with the live page in the browser",
            "  hemline demo --seconds 120 --json summary.json two minutes, counted and written down",
            "  hemline demo --dir ~/hemline --port 19092      keep the data, go on with it next time"
        })
public final class DemoCommand extends BaseCommand {
    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "Send images for so long, then end. Default: until Ctrl-C")
    @Nullable
    Long seconds;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "200",
            description = "Image events per second, 0 for as fast as it goes. Default: ${DEFAULT-VALUE}")
    double rate;

    @Option(
            names = "--bad-ratio",
            paramLabel = "SHARE",
            defaultValue = "0.01",
            description = "Share of malformed events, 0 to 1, of several kinds in turn. Default: ${DEFAULT-VALUE}")
    double badRatio;

    @Option(
            names = "--labels",
            paramLabel = "WHEN",
            defaultValue = "late:2",
            description = "When the true labels become known: none, inline (in the image event, not scored by the"
                    + " classifier) or late:SECONDS. Default: ${DEFAULT-VALUE}")
    String labels = "late:2";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder with the four files of Fashion-MNIST or a set like it, .gz or not. Default:"
                    + " Fashion-MNIST, found on this machine or fetched")
    @Nullable
    Path data;

    @Option(
            names = "--pretrained",
            arity = "0..1",
            paramLabel = "DIR",
            fallbackValue = "${sys:hemline.home:-.}/reference-models/tiny",
            description =
                    "Begin with a model that was trained before, so that results come at once: reference-models/tiny,"
                            + " or the model in this folder. Training goes on beside it, and publishes what is not worse.")
    @Nullable
    Path pretrained;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Keep events, models and logs here, and go on with what is there."
                    + " Default: a temporary folder, removed at the end")
    @Nullable
    Path folder;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "9092",
            description = "The broker's port; the next two are for the metrics of classifier and trainer. 0 for any"
                    + " free ones. Default: ${DEFAULT-VALUE}")
    int port;

    @Option(names = "--open", description = "Open the classifier's live page in the browser.")
    boolean open;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the summary here too.")
    @Nullable
    Path json;

    @Override
    public Integer call() throws InterruptedException {
        DemoSettings settings = settings();
        settings.json().ifPresent(JsonFile::requireWritable);
        DemoPorts ports = DemoPorts.from(settings.port());
        try (Interrupts interrupts = new Interrupts();
                RunFolder kept = RunFolder.open(settings.folder(), "hemline-demo-")) {
            DemoFolder inside = DemoFolder.in(kept.root());
            LabelledImages images = testImages(settings.data());
            try {
                return run(settings, images, ports, inside, interrupts.stop());
            } catch (ChildFailure e) {
                kept.keep();
                System.err.println("\nThe last lines of " + e.child().log() + ":");
                e.child().lastLines().forEach(line -> System.err.println("  " + line));
                throw new UserError(e.getMessage() + "; its log is " + e.child().log(), e);
            }
        }
    }

    /** @throws IllegalArgumentException naming the flag that is wrong */
    private DemoSettings settings() {
        return new DemoSettings(
                Optional.ofNullable(seconds).map(Duration::ofSeconds),
                rate,
                badRatio,
                LabelDelivery.parse(labels),
                Optional.ofNullable(data),
                Optional.ofNullable(pretrained).map(PretrainedModel::read),
                Optional.ofNullable(folder),
                port,
                Optional.ofNullable(json),
                open);
    }

    private static LabelledImages testImages(Optional<Path> folder) {
        try {
            return FashionMnist.load(folder.orElse(null), ProgressBars::watch).test();
        } catch (DatasetException e) {
            throw new UserError(String.valueOf(e.getMessage()), e);
        }
    }

    private static int run(
            DemoSettings settings, LabelledImages images, DemoPorts ports, DemoFolder folder, StopSignal stop)
            throws InterruptedException {
        PrintStream standardError = System.err;
        try (var log = new PrintStream(new FileOutputStream(folder.log("demo").toFile(), true), true, UTF_8);
                Screen screen = Screen.here()) {
            // Log lines on the screen would tear the status apart.
            System.setErr(log);
            DemoSummary summary = new Demo(settings, images, ports, folder, screen, stop).run();
            summary.lines(ZoneId.systemDefault()).forEach(screen::say);
            settings.json().ifPresent(file -> JsonFile.write(summary, file));
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
