package dev.hemline.producer;

import dev.hemline.fashionmnist.DatasetException;
import dev.hemline.fashionmnist.FashionMnist;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.service.ClockWatch;
import dev.hemline.service.CommandLineApp;
import dev.hemline.service.DaemonThreads;
import dev.hemline.service.HttpOptions;
import dev.hemline.service.KafkaOptions;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.KafkaWatch;
import dev.hemline.service.Metrics;
import dev.hemline.service.MonitoringServer;
import dev.hemline.service.ProgressBars;
import dev.hemline.service.StartUp;
import dev.hemline.service.StopSignal;
import dev.hemline.service.UserError;
import dev.hemline.topic.Topic;
import dev.hemline.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sends the dataset's test images as events, on the command line. */
@Command(
        name = "produce",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Sends real images as events to topic image-events.",
        description = {
            "Draws the 10,000 test images of Fashion-MNIST in a shuffled order, again and again, and sends each as an"
                    + " event with an id of its own. Gets the dataset if this machine does not have it.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  200 events per second until Ctrl-C:",
            "    ${COMMAND-FULL-NAME} --rate 200",
            "  100,000 events as fast as it goes:",
            "    ${COMMAND-FULL-NAME} --rate 0 --count 100000",
            "  PNG files, one event in a hundred broken:",
            "    ${COMMAND-FULL-NAME} --format png --bad-ratio 0.01",
            "  From the second minute on, pictures grow brighter, and from the third on noisier too:",
            "    ${COMMAND-FULL-NAME} --drift brighter@60+30,noise:20@120",
            "  A million events, once, however often it is interrupted:",
            "    ${COMMAND-FULL-NAME} --run first-million --count 1000000 --rate 0",
            "  Labels that are asked for are answered after 5 seconds:",
            "    ${COMMAND-FULL-NAME} --labels requested:5 --rate 50",
            "  The truth follows 30 seconds after each image:",
            "    ${COMMAND-FULL-NAME} --labels late:30 --rate 50",
            "",
            "Ctrl-C or SIGTERM ends it in order: what is under way is acknowledged, labels that are not due yet are"
                    + " sent at once, and a summary is printed. When --count is reached, labels are waited for. An"
                    + " event that Kafka refuses for good ends it with exit code 1."
        })
public final class ProduceCommand implements Callable<Integer> {

    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final int STEP_MILLIS = 250;
    private static final List<Topic<?, ?>> TOPICS = List.of(Topics.IMAGE_EVENTS, Topics.GROUND_TRUTH);

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "100",
            description = "Events per second, 0 for as fast as it goes. Default: ${DEFAULT-VALUE}")
    double rate;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "0",
            description = "How many events to send, 0 for no end. Default: ${DEFAULT-VALUE}")
    long count;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "gray8",
            description = "How events hold their picture: gray8 (raw pixels), png or jpeg. Default: ${DEFAULT-VALUE}")
    ImageEncoding format = ImageEncoding.GRAY8;

    @Option(
            names = "--labels",
            paramLabel = "WHEN",
            defaultValue = "none",
            description =
                    "When the true labels become known: none (never), inline (in the event), late:SECONDS"
                            + " (an event on topic ground-truth so much later), or, as a person would, requested:SECONDS[:MISTAKES] (so much after it was"
                            + " asked for on topic label-requests, and so often wrong, such as requested:5:0.03). Default: ${DEFAULT-VALUE}")
    String labels = "none";

    @Option(
            names = "--bad-ratio",
            paramLabel = "SHARE",
            defaultValue = "0",
            description = "Share of malformed events, 0 to 1, of several kinds in turn. Default: ${DEFAULT-VALUE}")
    double badRatio;

    @Mixin
    DriftOption drift = new DriftOption();

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Fixes which images come in which order, which events are bad and what is noise. Default: ${DEFAULT-VALUE}")
    long seed;

    @Option(
            names = "--source",
            paramLabel = "NAME",
            defaultValue = "producer-demo",
            description = "Who sends, the first part of every event id. Default: ${DEFAULT-VALUE}")
    String source = "producer-demo";

    @Option(
            names = "--run",
            paramLabel = "NAME",
            description =
                    "Give the run a name, and it can be killed and started again at any moment: it goes on after the"
                            + " last event that Kafka has for good, without gaps or doubles. Readers of committed events see"
                            + " them up to 0.1 s later. Seconds of --drift count from each start. Default: each start is a new run")
    @Nullable
    String run;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder with the four files of Fashion-MNIST or a set like it, .gz or not. Default:"
                    + " Fashion-MNIST, found on this machine or fetched")
    @Nullable
    Path data;

    @Mixin
    KafkaOptions kafka = new KafkaOptions();

    @Mixin
    HttpOptions http = new HttpOptions();

    public static void main(String[] args) {
        System.exit(CommandLineApp.run(new ProduceCommand(), args));
    }

    @Override
    @SuppressWarnings("try") // monitoring only has to be there
    public Integer call() throws Exception {
        ProducerSettings settings = settings();
        KafkaSettings brokers = kafka.settings();
        try (StopSignal stop = StopSignal.onTermination(GRACE);
                ClockWatch clock = ClockWatch.start(stop)) {
            var registry = Metrics.registry("producer-demo");
            var producer = new ImageEventProducer(settings, testImages(data), brokers, registry);
            var startUp = new StartUp();
            try (var monitoring = MonitoringServer.start(http.settings(), registry, startUp)) {
                if (startUp.awaitKafka(brokers, TOPICS, stop)) {
                    try (KafkaWatch watch = KafkaWatch.start(brokers, TOPICS)) {
                        startUp.done(watch.and(producer));
                        System.out.println(runVisibly(producer, stop));
                    }
                }
            }
            clock.requireSteady();
        }
        return 0;
    }

    /** @throws IllegalArgumentException naming the flag that is wrong */
    ProducerSettings settings() {
        return new ProducerSettings(
                rate,
                count,
                format,
                seed,
                badRatio,
                LabelDelivery.parse(labels),
                source,
                Optional.ofNullable(run),
                drift.drifts());
    }

    private Summary runVisibly(ImageEventProducer producer, StopSignal stop) {
        ScheduledExecutorService timer = DaemonThreads.scheduled("producer-progress");
        try (ProgressBar bar = ProgressBars.of("Sending", count == 0 ? -1 : count, "events")
                .showSpeed()
                .build()) {
            Runnable step = () -> {
                bar.stepTo(producer.sent());
                bar.setExtraMessage(" " + producer.bad() + " bad");
            };
            // Nobody looks at the future: there is nothing in a task that fails.
            var unused = timer.scheduleAtFixedRate(step, STEP_MILLIS, STEP_MILLIS, TimeUnit.MILLISECONDS);
            try {
                return producer.run(stop::requested);
            } finally {
                timer.shutdownNow();
                step.run();
            }
        }
    }

    private static LabelledImages testImages(@Nullable Path folder) {
        try {
            return FashionMnist.load(folder, ProgressBars::watch).test();
        } catch (DatasetException e) {
            throw new UserError(String.valueOf(e.getMessage()), e);
        }
    }
}
