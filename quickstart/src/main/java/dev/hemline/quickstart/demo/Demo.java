package dev.hemline.quickstart.demo;

import dev.hemline.event.Drift;
import dev.hemline.event.ExperimentDecision;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.producer.ImageEventProducer;
import dev.hemline.producer.RunningProducer;
import dev.hemline.quickstart.demo.live.LiveFeed;
import dev.hemline.quickstart.demo.live.LiveView;
import dev.hemline.quickstart.demo.screen.Screen;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.KafkaTopics;
import dev.hemline.service.StopSignal;
import dev.hemline.testbed.audit.ScoredTopics;
import dev.hemline.testbed.audit.StreamAudit;
import dev.hemline.testbed.broker.EmbeddedBroker;
import dev.hemline.testbed.child.ChildProcess;
import dev.hemline.testbed.stream.ConsumerGroup;
import dev.hemline.topic.EventFormats;
import dev.hemline.topic.Topic;
import dev.hemline.topic.TopicReader;
import dev.hemline.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/** The whole stream, from start to reckoning: broker and producer in this JVM, the others in theirs. */
final class Demo {
    private static final Duration PRODUCER_PATIENCE = Duration.ofSeconds(30);
    /** Images go on a little longer than training, so that a version published last has some to classify. */
    private static final Duration LAST_IMAGES = Duration.ofSeconds(2);

    private static final Duration CHILD_PATIENCE = Duration.ofSeconds(20);
    private static final Duration AUDIT_PATIENCE = Duration.ofMinutes(1);
    /** Without a single outcome; long enough for a first model, should the sending end before there is one. */
    private static final Duration OUTCOME_PATIENCE = Duration.ofMinutes(3);

    private static final Duration SCORE_PATIENCE = Duration.ofMinutes(1);

    private final DemoOptions options;
    private final LabelledImages images;
    private final DemoPorts ports;
    private final DemoFolder folder;
    private final Screen screen;
    private final StopSignal stop;
    private final LiveView view = new LiveView();

    Demo(
            DemoOptions options,
            LabelledImages images,
            DemoPorts ports,
            DemoFolder folder,
            Screen screen,
            StopSignal stop) {
        this.options = options;
        this.images = images;
        this.ports = ports;
        this.folder = folder;
        this.screen = screen;
        this.stop = stop;
    }

    /**
     * Runs until the time is over or a person asks for the end.
     *
     * @throws dev.hemline.testbed.child.ChildProcess.ChildFailure if classifier or trainer fail
     */
    DemoSummary run() throws InterruptedException {
        screen.say("Starting Kafka, a classifier and a trainer on this machine");
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.kafka(), ports.broker())) {
            KafkaSettings kafka = KafkaSettings.of(broker.bootstrapServers());
            KafkaTopics.ensure(kafka, Topics.ALL);
            return stream(kafka);
        }
    }

    @SuppressWarnings("try") // the feed only has to be there
    private DemoSummary stream(KafkaSettings kafka) throws InterruptedException {
        Instant since = Instant.now();
        StreamAudit audit = new StreamAudit(kafka, AUDIT_PATIENCE);
        Map<TopicPartition, Long> from = audit.mark();
        TopicTail<Drift> drift = TopicTail.fromNow(kafka, Topics.DRIFT);
        TopicTail<ExperimentDecision> decisions = TopicTail.fromNow(kafka, Topics.EXPERIMENT_DECISIONS);
        var policy = new DemoPolicy(options.terms(), kafka, folder, options.folder != null);
        var programs = new DemoPrograms(options, kafka, ports, folder);
        options.pretrained().ifPresent(model -> model.publish(kafka, folder));
        try (LiveFeed feed = new LiveFeed(kafka, EventFormats.DEFAULT, from, view);
                ChildProcess classifier = ChildProcess.start(programs.classifier(), folder.log("classifier"));
                ChildProcess trainer =
                        ChildProcess.start(programs.trainer(), programs.trainerEnvironment(), folder.log("trainer"));
                Challenger challenger = Challenger.start(programs, folder);
                RunningProducer producer = RunningProducer.start(producer(kafka));
                DemoSeason season = options.season()
                        .map(kinds -> new DemoSeason(kinds, kafka))
                        .orElse(null)) {
            introduction().forEach(screen::say);
            if (options.open) {
                PageOpening.start(ports);
            }
            var watch = new DemoWatch(screen, view, ports, options.length(), challenger.and(classifier, trainer));
            watch.until("sending images, Ctrl-C ends it", () -> {
                policy.sayOnce(isServing()).ifPresent(screen::say);
                if (season != null) {
                    season.news().forEach(screen::say);
                }
                return timeIsOver(watch, LAST_IMAGES) || producer.ended() || (season != null && season.isOver());
            });
            stopTraining(trainer);
            watch.until(
                    "sending the last images",
                    () -> timeIsOver(watch, Duration.ZERO) || producer.ended() || season != null);
            producer.finish(PRODUCER_PATIENCE);
            Map<TopicPartition, Long> until = audit.mark();
            awaitOutcomes(kafka, until, watch);
            awaitScores(kafka, watch);
            awaitDrift(kafka, watch);
            watch.show("stopping the children");
            trainer.stop(CHILD_PATIENCE);
            challenger.stop();
            classifier.stop(CHILD_PATIENCE);
            watch.show("counting what became of every event");
            List<Drift> drifts = drift.read();
            DemoSummary summary = DemoSummary.of(
                    audit.count(from, until),
                    DriftTold.of(drifts),
                    decisions.read(),
                    season == null ? null : season.report(drifts, view, images),
                    view.history(),
                    jvmStart(),
                    since);
            watch.show("done");
            screen.settle();
            return summary;
        }
    }

    /** Where things are, and how to join. */
    private List<String> introduction() {
        String broker = "localhost:" + ports.broker();
        List<String> lines = new ArrayList<>(List.of(
                "",
                "  live page   " + ports.page(),
                "  broker      " + broker,
                "  classifier  http://localhost:" + ports.classifier() + "/metrics",
                "  trainer     http://localhost:" + ports.trainer() + "/metrics"));
        ports.challenger().ifPresent(port -> lines.add("  challenger  http://localhost:" + port + "/metrics"));
        lines.addAll(List.of(
                "  logs        " + folder.logs()
                        + (options.folder == null ? " (removed at the end; --dir DIR keeps them)" : ""),
                "",
                "Join from another terminal:",
                "  ./hemline watch --bootstrap-servers " + broker,
                "  ./hemline produce --bootstrap-servers " + broker + " --rate 50",
                "  kcat -C -b " + broker + " -t classifications -o end -f '%T %k %S bytes\\n'",
                ""));
        return lines;
    }

    private ImageEventProducer producer(KafkaSettings kafka) {
        var producer = new ImageEventProducer(options.producer(), images, kafka, new SimpleMeterRegistry());
        // What is asked for is known to the stream; how right all of it is, only to us.
        return options.season().isPresent() ? producer.telling(view::known) : producer;
    }

    /** Without a model the events would wait for ever, so then it goes on. */
    private void stopTraining(ChildProcess trainer) throws InterruptedException {
        if (isServing()) {
            trainer.stop(CHILD_PATIENCE);
        }
    }

    private boolean isServing() {
        return view.status(Instant.now()).serving().isPresent();
    }

    /** What runs beside the rest where a new version has to win first. */
    private record Challenger(Optional<ChildProcess> process) implements AutoCloseable {
        static Challenger start(DemoPrograms programs, DemoFolder folder) {
            return new Challenger(
                    programs.challenger().map(command -> ChildProcess.start(command, folder.log("challenger"))));
        }

        List<ChildProcess> and(ChildProcess... others) {
            return Stream.concat(Stream.of(others), process.stream()).toList();
        }

        void stop() throws InterruptedException {
            if (process.isPresent()) {
                process.get().stop(CHILD_PATIENCE);
            }
        }

        @Override
        public void close() {
            process.ifPresent(ChildProcess::close);
        }
    }

    private boolean timeIsOver(DemoWatch watch, Duration but) {
        return stop.requested()
                || options.length()
                        .filter(length -> watch.elapsed().plus(but).compareTo(length) >= 0)
                        .isPresent();
    }

    private void awaitOutcomes(KafkaSettings kafka, Map<TopicPartition, Long> until, DemoWatch watch)
            throws InterruptedException {
        Map<TopicPartition, Long> events = new HashMap<>(until);
        events.keySet().removeIf(partition -> !partition.topic().equals(Topics.IMAGE_EVENTS.name()));
        var standstill = new Standstill(OUTCOME_PATIENCE);
        try (var classifier = new ConsumerGroup(kafka, DemoPrograms.CLASSIFIER_GROUP)) {
            watch.until(
                    "waiting for the last results, Ctrl-C again gives up",
                    () -> classifier.reached(events) || standstill.reached(outcomes(), Instant.now()));
        }
    }

    private void awaitDrift(KafkaSettings kafka, DemoWatch watch) throws InterruptedException {
        Instant deadline = Instant.now().plus(SCORE_PATIENCE);
        try (var detection = new ConsumerGroup(kafka, DemoPrograms.CLASSIFIER_GROUP + "-drift");
                var reader = new TopicReader(kafka.client(Map.of()))) {
            Map<TopicPartition, Long> written = reader.writtenEnds(List.of(Topics.DRIFT_BATCHES));
            watch.until(
                    "waiting for drift detection",
                    () -> detection.reached(written) || Instant.now().isAfter(deadline));
        }
    }

    private void awaitScores(KafkaSettings kafka, DemoWatch watch) throws InterruptedException {
        Instant deadline = Instant.now().plus(SCORE_PATIENCE);
        var scoring = new ScoredTopics(DemoPrograms.CLASSIFIER_GROUP);
        try (var scores = new ConsumerGroup(kafka, scoring.group());
                var reader = new TopicReader(kafka.client(Map.of()))) {
            for (Topic<?, ?> topic : scoring.inOrder()) {
                Map<TopicPartition, Long> written = reader.writtenEnds(List.of(topic));
                watch.until(
                        "waiting for the last scores",
                        () -> scores.reached(written) || Instant.now().isAfter(deadline));
            }
        }
    }

    private long outcomes() {
        var status = view.status(Instant.now());
        return status.classified() + status.rejected();
    }

    private static Instant jvmStart() {
        return Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
    }
}
