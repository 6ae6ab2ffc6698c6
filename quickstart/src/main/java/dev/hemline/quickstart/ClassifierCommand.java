package dev.hemline.quickstart;

import dev.hemline.classifier.Classifier;
import dev.hemline.classifier.ClassifierOptions;
import dev.hemline.classifier.ClassifierSettings;
import dev.hemline.classifier.challenger.Role;
import dev.hemline.classifier.fetch.FetchOptions;
import dev.hemline.classifier.fetch.PictureStores;
import dev.hemline.model.serving.TorchEngine;
import dev.hemline.page.InstanceFigures;
import dev.hemline.page.LivePage;
import dev.hemline.page.PageSources;
import dev.hemline.quality.Scoring;
import dev.hemline.quality.ScoringOptions;
import dev.hemline.quality.drift.DriftDetection;
import dev.hemline.quality.drift.DriftTopic;
import dev.hemline.quality.referee.RefereeOptions;
import dev.hemline.quality.referee.RefereeSettings;
import dev.hemline.quality.request.LabelRequests;
import dev.hemline.quality.score.LabelNames;
import dev.hemline.quality.score.ScoreSettings;
import dev.hemline.service.ClockWatch;
import dev.hemline.service.CommandLineApp;
import dev.hemline.service.HttpOptions;
import dev.hemline.service.HttpSettings;
import dev.hemline.service.KafkaOptions;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.KafkaTopics;
import dev.hemline.service.KafkaWatch;
import dev.hemline.service.Metrics;
import dev.hemline.service.MonitoringServer;
import dev.hemline.service.OpenTransactions;
import dev.hemline.service.Readiness;
import dev.hemline.service.ResultOptions;
import dev.hemline.service.SchemaRegistry;
import dev.hemline.service.SchemaRegistryOptions;
import dev.hemline.service.StartUp;
import dev.hemline.service.StopSignal;
import dev.hemline.service.trace.Tracing;
import dev.hemline.topic.EventFormats;
import dev.hemline.topic.Topic;
import dev.hemline.topic.Topics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
            "With --schema-registry it reads events in Confluent's wire format beside those in single-object encoding.",
            "With --fetch-from it fetches pictures that events only say the address of.",
            "",
            "Of a share of events it keeps pictures as the model saw them, on topic @|bold samples|@, and asks for some of"
                    + " their labels on @|bold label-requests|@.",
            "",
            "Beside that it joins labels on @|bold ground-truth|@ to results, whichever come first, writes"
                    + " @|bold scores|@, and answers GET /accuracy: how often each version was right. GET / is a page that"
                    + " shows all of it live, and takes pictures to try it with.",
            "",
            "With --challenger it answers a share of events on topic @|bold shadow-classifications|@ instead, with a version"
                    + " that is to be compared with the one that serves, and does none of the rest. As labels come it says on"
                    + " @|bold experiment-decisions|@ whether that version is better.",
            "",
            "Without labels it notices that pictures, or the mix of classes, have changed, and says so on"
                    + " @|bold drift|@: since when, how strongly, and which classes.",
            ""
        },
        footer = {
            "",
            "Every flag can stand in the environment too: HEMLINE_STREAM_THREADS=4 for --stream-threads 4.",
            "",
            "Examples:",
            "  hemline classifier --bootstrap-servers kafka-1:9092 --http-port 9401",
            "  hemline classifier --challenger --share 0.2 --bootstrap-servers kafka-1:9092 \\",
            "      --http-port 9405"
        })
public final class ClassifierCommand implements Callable<Integer> {
    private static final Duration GRACE = Duration.ofSeconds(9);
    /** Longer, a stream that waits for a schema begins anew, and says what it waits for. */
    static final Duration SCORING_PATIENCE = Duration.ofSeconds(5);
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
            Topics.SCORES,
            Topics.DRIFT_BATCHES,
            Topics.DRIFT);

    @Mixin
    KafkaOptions kafka = new KafkaOptions();

    @Mixin
    HttpOptions http = new HttpOptions();

    @Mixin
    ClassifierOptions classifying = new ClassifierOptions();

    @Mixin
    SchemaRegistryOptions schemas = new SchemaRegistryOptions();

    @Mixin
    ResultOptions results = new ResultOptions();

    @Mixin
    FetchOptions fetching = new FetchOptions();

    @Mixin
    ScoringOptions scoring = new ScoringOptions();

    @Mixin
    RefereeOptions comparisons = new RefereeOptions();

    @Override
    public Integer call() {
        ClassifierSettings settings = classifying.settings(kafka.settings(), scoring.stateFolder());
        HttpSettings web = scoring.reachable(http.settings());
        ScoreSettings scores = scoring.settings(settings.kafka(), classifying.applicationId());
        RefereeSettings comparing = comparisons.settings(scores);
        try (Tracing tracing = Tracing.of("hemline-classifier", System.getenv())) {
            return run(settings, web, scores, comparing, tracing);
        }
    }

    private int run(
            ClassifierSettings settings,
            HttpSettings web,
            ScoreSettings scores,
            RefereeSettings comparing,
            Tracing tracing) {
        boolean challenges = settings.role() == Role.CHALLENGER;
        List<Topic<?, ?>> used = challenges ? Challenger.TOPICS : USED;
        PrometheusMeterRegistry registry =
                Metrics.registry(challenges ? "challenger" : "classifier", tracing.exemplars());
        try (StopSignal stop = StopSignal.onTermination(GRACE);
                ClockWatch clock = ClockWatch.start(stop);
                SchemaRegistry known = schemas.open(registry);
                PictureStores stores = fetching.open(settings.images().maxBytes(), registry)) {
            results.requireSense(known);
            if (!StartUp.findsKafka(settings.kafka(), used)
                    && !awaitKafka(settings.kafka(), used, web, stop, registry)) {
                return 0;
            }
            Optional<EventFormats> formats = formats(known, web, stop, registry);
            if (formats.isEmpty()) {
                return 0;
            }
            TorchEngine.start(1);
            var opened = new ClassifierResources(known, stores, formats.get(), tracing, registry, stop);
            if (challenges) {
                Challenger.run(settings, classifying.loader(), comparing, web, opened);
            } else {
                serve(settings, web, scores, opened);
            }
            clock.requireSteady();
            return 0;
        }
    }

    /** Until it is told to stop. */
    private void serve(
            ClassifierSettings settings, HttpSettings web, ScoreSettings scores, ClassifierResources opened) {
        PrometheusMeterRegistry registry = opened.registry();
        var figures = new InstanceFigures(registry);
        EventFormats observed =
                opened.formats().reading(opened.known().schemas().waiting(SCORING_PATIENCE));
        try (Classifier classifier = new Classifier(
                        settings,
                        classifying.loader(),
                        opened.formats(),
                        opened.stores(),
                        registry,
                        figures,
                        opened.tracing());
                DriftTopic drifts = new DriftTopic(settings.kafka());
                Scoring scored =
                        new Scoring(scores, observed, names(classifier), classifier::serving, web, drifts, registry);
                DriftDetection drift = new DriftDetection(
                        scoring.drift(settings.kafka(), classifying.applicationId()), names(classifier), registry);
                LabelRequests requests =
                        new LabelRequests(scores, scoring.labelRequests(), observed, drifts, web, registry);
                LivePage page = new LivePage(
                        largestPicture(settings),
                        sources(settings.kafka(), opened.formats(), classifier, scored, requests, drifts, figures));
                KafkaWatch watch = KafkaWatch.start(settings.kafka(), NEEDED);
                OpenTransactions open = OpenTransactions.start(settings.kafka(), Topics.IMAGE_EVENTS, registry);
                MonitoringServer server = MonitoringServer.start(
                        web,
                        registry,
                        watch.and(open)
                                .and(opened.known())
                                .and(opened.stores())
                                .and(classifier)
                                .and(Readiness.remarking(scored::trouble))
                                .and(Readiness.remarking(drift::trouble))
                                .and(Readiness.remarking(requests::trouble)),
                        scored.routes().andThen(requests.routes()).andThen(page))) {
            classifier.start(opened.stop()::request);
            scoring.start(scored, requests, web, server.port());
            scoring.start(drift);
            opened.stop().await();
            classifier.rethrowFailure();
        }
    }

    /** Somebody may want to know why nothing happens, so there is a server meanwhile. */
    @SuppressWarnings("try") // the server only has to be there
    private static boolean awaitKafka(
            KafkaSettings brokers,
            List<Topic<?, ?>> used,
            HttpSettings web,
            StopSignal stop,
            PrometheusMeterRegistry registry) {
        var startUp = new StartUp();
        try (MonitoringServer server = MonitoringServer.start(web, registry, startUp)) {
            return startUp.awaitKafka(brokers, used, stop);
        }
    }

    /** Empty if the end was asked for while a schema registry was waited for. */
    @SuppressWarnings("try") // the server only has to be there
    private Optional<EventFormats> formats(
            SchemaRegistry known, HttpSettings web, StopSignal stop, PrometheusMeterRegistry registry) {
        try {
            return Optional.of(results.formats(known));
        } catch (IOException e) {
            var startUp = new StartUp();
            try (MonitoringServer server = MonitoringServer.start(web, registry, startUp)) {
                return startUp.await("the schema registry", () -> results.formats(known), stop);
            }
        }
    }

    /** In bytes: what is decoded, and what the topic takes. */
    private static int largestPicture(ClassifierSettings settings) {
        int topicTakes = KafkaTopics.maxMessageBytes(settings.kafka(), Topics.IMAGE_EVENTS) - EVENT_FRAME_BYTES;
        return Math.min(settings.images().maxBytes(), topicTakes);
    }

    private static PageSources sources(
            KafkaSettings brokers,
            EventFormats formats,
            Classifier classifier,
            Scoring scored,
            LabelRequests requests,
            DriftTopic drifts,
            InstanceFigures figures) {
        return new PageSources(
                brokers,
                formats,
                figures,
                classifier.modelsOnTopic(),
                classifier::servingModel,
                names(classifier),
                scored::accuracy,
                requests::accuracy,
                drifts::read);
    }

    private static LabelNames names(Classifier classifier) {
        return new LabelNames(classifier::modelStore, classifier.trusted(), classifier.writers());
    }

    public static void main(String[] args) {
        System.exit(CommandLineApp.run(new ClassifierCommand(), args));
    }
}
