package dev.hemline.quickstart;

import dev.hemline.classifier.Classifier;
import dev.hemline.classifier.ClassifierSettings;
import dev.hemline.classifier.ClassifierSettings.Delivery;
import dev.hemline.classifier.engine.EngineSettings;
import dev.hemline.classifier.lifecycle.Admission;
import dev.hemline.image.ImageLimits;
import dev.hemline.model.archive.Precision;
import dev.hemline.model.serving.DjlModelLoader;
import dev.hemline.model.serving.TorchEngine;
import dev.hemline.model.signing.KeyFileException;
import dev.hemline.model.signing.TrustedKeys;
import dev.hemline.page.InstanceFigures;
import dev.hemline.page.LivePage;
import dev.hemline.page.PageSources;
import dev.hemline.quality.AdvertisedHttp;
import dev.hemline.quality.Scoring;
import dev.hemline.quality.score.LabelNames;
import dev.hemline.quality.score.ScoreSettings;
import dev.hemline.service.ClockWatch;
import dev.hemline.service.CommandLineApp;
import dev.hemline.service.DurationConverter;
import dev.hemline.service.HttpOptions;
import dev.hemline.service.HttpSettings;
import dev.hemline.service.KafkaOptions;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.KafkaTopics;
import dev.hemline.service.KafkaWatch;
import dev.hemline.service.Metrics;
import dev.hemline.service.MonitoringServer;
import dev.hemline.service.StartUp;
import dev.hemline.service.StopSignal;
import dev.hemline.service.UserError;
import dev.hemline.topic.Topic;
import dev.hemline.topic.Topics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hemline classifier}: runs one instance until it is told to stop. */
@Command(
        name = "classifier",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Classifies image events with the newest model, swapping models while it runs.",
            "",
            "Reads @|bold image-events|@ and @|bold models|@; writes @|bold classifications|@, and what cannot be"
                    + " classified to @|bold image-events-dlq|@ with the reason in its headers. Before the first model,"
                    + " events wait. Start more instances with the same --application-id to share the work.",
            "",
            "Beside that it joins labels on @|bold ground-truth|@ to results, whichever come first, writes"
                    + " @|bold scores|@, and answers GET /accuracy: how often each version was right. GET / is a page that"
                    + " shows all of it live, and takes pictures to try it with.",
            ""
        },
        footer = {
            "",
            "Every flag can stand in the environment too: HEMLINE_STREAM_THREADS=4 for --stream-threads 4.",
            "",
            "Example:",
            "  hemline classifier --bootstrap-servers kafka-1:9092 --http-port 9401"
        })
public final class ClassifierCommand implements Callable<Integer> {
    private static final Duration GRACE = Duration.ofSeconds(9);
    /** What an event takes beside its picture, with room to spare. */
    private static final int EVENT_FRAME_BYTES = 4096;

    /** Without these, events stand still. */
    private static final List<Topic<?, ?>> NEEDED =
            List.of(Topics.IMAGE_EVENTS, Topics.CLASSIFICATIONS, Topics.IMAGE_EVENTS_DLQ, Topics.MODELS);
    /** What it reads, writes or makes. */
    private static final List<Topic<?, ?>> USED = List.of(
            Topics.IMAGE_EVENTS,
            Topics.MODELS,
            Topics.CLASSIFICATIONS,
            Topics.IMAGE_EVENTS_DLQ,
            Topics.MODEL_STATUS,
            Topics.GROUND_TRUTH,
            Topics.SCORES);

    @Mixin
    KafkaOptions kafka = new KafkaOptions();

    @Mixin
    HttpOptions http = new HttpOptions();

    @Option(
            names = "--application-id",
            paramLabel = "ID",
            defaultValue = "hemline-classifier",
            description = "Instances with the same id share the partitions. Default: ${DEFAULT-VALUE}")
    String applicationId = "hemline-classifier";

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "The model to serve. Default: whichever was published last.")
    @Nullable
    String model;

    @Option(
            names = "--trusted-keys",
            paramLabel = "FILE|DIR",
            description = "Serve only models signed with one of these public keys, a PEM file or a folder of them."
                    + " Repeatable; several in HEMLINE_TRUSTED_KEYS are separated by commas. Default: unsigned models"
                    + " are served too",
            split = ",")
    List<Path> trustedKeys = new ArrayList<>();

    @Option(
            names = "--max-model-bytes",
            paramLabel = "BYTES",
            defaultValue = "" + Admission.DEFAULT_MAX_MODEL_BYTES,
            description = "Refuse larger models before they are put together. Default: ${DEFAULT-VALUE}")
    long maxModelBytes = Admission.DEFAULT_MAX_MODEL_BYTES;

    @Option(
            names = "--delivery",
            paramLabel = "GUARANTEE",
            defaultValue = "exactly-once",
            description = "exactly-once, or at-least-once where doubles after a crash cost less than latency."
                    + " Default: ${DEFAULT-VALUE}")
    String delivery = "exactly-once";

    @Option(
            names = "--stream-threads",
            paramLabel = "N",
            defaultValue = "2",
            description = "Threads that poll, forward and commit; more than one keeps the network busy while another"
                    + " waits for the brokers. Default: ${DEFAULT-VALUE}")
    int streamThreads;

    @Option(
            names = "--inference-threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Threads that run the network, each on one core. Default: ${DEFAULT-VALUE}")
    int inferenceThreads;

    @Option(
            names = "--precision",
            paramLabel = "TYPE",
            defaultValue = "float32",
            description =
                    "What networks compute with: float32, or bfloat16, about 1.5 times as fast where the processor"
                            + " multiplies it itself (avx512_bf16 or amx_bf16 in /proc/cpuinfo), with probabilities that"
                            + " differ by some thousandths. A model that answers otherwise in it is served in float32."
                            + " Default: ${DEFAULT-VALUE}")
    Precision precision = Precision.FLOAT32;

    @Option(
            names = "--max-batch",
            paramLabel = "IMAGES",
            defaultValue = "128",
            description = "Images per run of the network at most; batches grow by themselves with the load."
                    + " Default: ${DEFAULT-VALUE}")
    int maxBatch;

    @Option(
            names = "--max-image-bytes",
            paramLabel = "BYTES",
            defaultValue = "16777216",
            description = "Larger pictures go to the dead letters undecoded. Default: ${DEFAULT-VALUE}")
    int maxImageBytes = ImageLimits.DEFAULT.maxBytes();

    @Option(
            names = "--max-image-pixels",
            paramLabel = "PIXELS",
            defaultValue = "25000000",
            description =
                    "So do those of more pixels by their header. Decoding takes 3 bytes of heap per pixel, 8 for a"
                            + " 16-bit PNG; two of the largest are decoded at a time. Default: ${DEFAULT-VALUE}")
    long maxImagePixels = ImageLimits.DEFAULT.maxPixels();

    @Option(
            names = "--label-window",
            paramLabel = "TIME",
            defaultValue = "24h",
            converter = DurationConverter.class,
            description = "How long a result waits for its label, and a label for its result, such as 30m or 7d."
                    + " Default: ${DEFAULT-VALUE}")
    Duration labelWindow = Duration.ofHours(24);

    @Option(names = "--no-scores", description = "Only classify, and leave labels and scores to other instances.")
    boolean noScores;

    @Option(
            names = "--advertised-http",
            paramLabel = "HOST[:PORT]",
            description = "Where other instances find this one's scores. Default: --http-host, or this machine's name"
                    + " where that is 0.0.0.0, and the port in use")
    @Nullable
    String advertisedHttp;

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            defaultValue = "${sys:user.home}/.local/state/hemline",
            description =
                    "Where scores keep local state, each instance in a folder of its own. What is lost is restored"
                            + " from Kafka. Default: ${DEFAULT-VALUE}")
    Path stateFolder = Path.of(System.getProperty("user.home"), ".local", "state", "hemline");

    @Override
    public Integer call() {
        ClassifierSettings settings = settings();
        HttpSettings web = http.settings();
        var scores = new ScoreSettings(settings.kafka(), applicationId, labelWindow, stateFolder);
        PrometheusMeterRegistry registry = Metrics.registry("classifier");
        try (StopSignal stop = StopSignal.onTermination(GRACE);
                ClockWatch clock = ClockWatch.start(stop)) {
            if (!StartUp.findsKafka(settings.kafka(), USED) && !awaitKafka(settings.kafka(), web, stop, registry)) {
                return 0;
            }
            TorchEngine.start(1);
            var figures = new InstanceFigures();
            try (Classifier classifier = new Classifier(settings, new DjlModelLoader(precision), registry, figures);
                    Scoring scoring = scoring(scores, classifier, web, registry);
                    LivePage page = livePage(settings, web, classifier, scoring, figures);
                    KafkaWatch watch = KafkaWatch.start(settings.kafka(), NEEDED);
                    MonitoringServer server = MonitoringServer.start(
                            web,
                            registry,
                            watch.and(classifier),
                            scoring.routes().andThen(page))) {
                classifier.start(stop::request);
                if (!noScores) {
                    scoring.start(AdvertisedHttp.of(advertisedHttp, web, server.port()));
                }
                stop.await();
                classifier.rethrowFailure();
                clock.requireSteady();
                return 0;
            }
        }
    }

    /** Somebody may want to know why nothing happens, so there is a server meanwhile. */
    @SuppressWarnings("try") // the server only has to be there
    private boolean awaitKafka(
            KafkaSettings brokers, HttpSettings web, StopSignal stop, PrometheusMeterRegistry registry) {
        var startUp = new StartUp();
        try (MonitoringServer server = MonitoringServer.start(web, registry, startUp)) {
            return startUp.awaitKafka(brokers, USED, stop);
        }
    }

    private static Scoring scoring(
            ScoreSettings scores, Classifier classifier, HttpSettings web, PrometheusMeterRegistry registry) {
        return new Scoring(scores, new LabelNames(classifier::modelStore), classifier::serving, web, registry);
    }

    private LivePage livePage(
            ClassifierSettings settings,
            HttpSettings web,
            Classifier classifier,
            Scoring scoring,
            InstanceFigures figures) {
        int topicTakes = KafkaTopics.maxMessageBytes(settings.kafka(), Topics.IMAGE_EVENTS) - EVENT_FRAME_BYTES;
        return new LivePage(
                web,
                Math.min(maxImageBytes, topicTakes),
                new PageSources(
                        settings.kafka(),
                        figures,
                        classifier.modelsOnTopic(),
                        classifier::servingModel,
                        new LabelNames(classifier::modelStore),
                        scoring::accuracy));
    }

    private ClassifierSettings settings() {
        return new ClassifierSettings(
                kafka.settings(),
                applicationId,
                Optional.ofNullable(model),
                new Admission(trusted(), maxModelBytes),
                Delivery.parse(delivery),
                streamThreads,
                new EngineSettings(inferenceThreads, maxBatch),
                new ImageLimits(maxImageBytes, maxImagePixels),
                stateFolder);
    }

    private Optional<TrustedKeys> trusted() {
        try {
            return trustedKeys.isEmpty() ? Optional.empty() : Optional.of(TrustedKeys.read(trustedKeys));
        } catch (KeyFileException e) {
            throw new UserError("--trusted-keys: " + e.getMessage(), e);
        }
    }

    public static void main(String[] args) {
        System.exit(CommandLineApp.run(new ClassifierCommand(), args));
    }
}
