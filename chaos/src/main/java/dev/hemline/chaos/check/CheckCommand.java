package dev.hemline.chaos.check;

import static dev.hemline.testbed.audit.StreamAudit.withoutStrangers;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import dev.hemline.chaos.experiment.ExperimentReport;
import dev.hemline.event.ModelState;
import dev.hemline.event.ModelStatus;
import dev.hemline.model.serving.TorchEngine;
import dev.hemline.service.JsonFile;
import dev.hemline.service.KafkaOptions;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.Verb;
import dev.hemline.testbed.audit.AuditReport;
import dev.hemline.testbed.audit.ScoreCheck;
import dev.hemline.testbed.audit.ScoredTopics;
import dev.hemline.testbed.audit.StreamAudit;
import dev.hemline.testbed.stream.ConsumerGroup;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.Topic;
import dev.hemline.topic.TopicReader;
import dev.hemline.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hemline chaos-check}: what became of every event on a cluster that was made for one run, in a JVM of its own. */
@Command(
        name = CheckCommand.VERB,
        hidden = true,
        mixinStandardHelpOptions = true,
        description = "Counts for 'hemline chaos', which starts it, what became of every event.")
public final class CheckCommand implements Verb, Callable<Integer> {
    public static final String VERB = "chaos-check";

    private static final Logger LOG = LoggerFactory.getLogger(CheckCommand.class);
    private static final EventSerde<ModelStatus> STATUSES = EventSerde.of(ModelStatus.class);
    private static final Duration READ_PATIENCE = Duration.ofMinutes(3);

    @Mixin
    KafkaOptions kafka = new KafkaOptions();

    @Option(names = "--application-id", required = true, description = "The group of the classifiers.")
    String group = "";

    @Option(names = "--bad-versions", split = ",", description = "Versions that must never answer.")
    Set<Integer> badVersions = new HashSet<>();

    @Option(names = "--patience", required = true, description = "Seconds that draining may take.")
    long patience;

    @Option(names = "--no-scores", description = "Nobody judges labels.")
    boolean noScores;

    @Option(names = "--experiment", description = "There are challengers.")
    boolean experiment;

    @Option(names = "--out", required = true, description = "Where to write what was counted.")
    Path out = Path.of(".");

    @Override
    public Integer call() throws InterruptedException {
        TorchEngine.start(1);
        JsonFile.write(count(kafka.settings()), out);
        return 0;
    }

    private CheckReport count(KafkaSettings brokers) throws InterruptedException {
        try (var reader = new TopicReader(brokers.client(Map.of()))) {
            var scoring = new ScoredTopics(group);
            boolean drained = drained(brokers, reader, group, List.of(Topics.IMAGE_EVENTS))
                    && (noScores || drained(brokers, reader, scoring.group(), scoring.inOrder()))
                    && (!experiment || challengersDrained(brokers, reader));
            AuditReport counted = audited(brokers);
            var models = new PublishedModels();
            reader.readAll(Topics.MODELS, READ_PATIENCE, withoutStrangers(models::add));
            var pictures = new SentPictures();
            reader.readAll(Topics.IMAGE_EVENTS, READ_PATIENCE, pictures::add);
            var wrong = new WrongOutcomes();
            var prediction = new OfflinePrediction(models, wrong);
            var outcomes = new OutcomeReading(pictures, badVersions, prediction, wrong);
            reader.readAll(Topics.CLASSIFICATIONS, READ_PATIENCE, withoutStrangers(outcomes::result));
            reader.readAll(Topics.IMAGE_EVENTS_DLQ, READ_PATIENCE, withoutStrangers(outcomes::deadLetter));
            long predicted = prediction.compare();
            ExperimentReport experiments =
                    experiment ? new ExperimentCheck(reader, READ_PATIENCE).count(models, pictures, badVersions) : null;
            return new CheckReport(
                    counted.sent(),
                    counted.classified(),
                    counted.rejected(),
                    counted.missing(),
                    counted.duplicated(),
                    wrong.counts(),
                    outcomes.versionsBack(),
                    predicted,
                    outcomes.poisonAnswered(),
                    counted.scores().scoredResults(),
                    noScores ? 0 : difference(counted.scores()),
                    refused(reader),
                    drained,
                    experiments);
        }
    }

    private boolean challengersDrained(KafkaSettings brokers, TopicReader reader) throws InterruptedException {
        return drained(brokers, reader, group + "-challenger", List.of(Topics.IMAGE_EVENTS))
                && drained(brokers, reader, group + "-referee", List.of(Topics.SHADOW_CLASSIFICATIONS, Topics.SCORES));
    }

    /** Waits until a group has done with topics, one after another. */
    private boolean drained(KafkaSettings brokers, TopicReader reader, String group, List<Topic<?, ?>> topics)
            throws InterruptedException {
        try (var offsets = new ConsumerGroup(brokers, group)) {
            for (Topic<?, ?> topic : topics) {
                if (!new Patience(Duration.ofSeconds(patience)).await(() -> reached(reader, offsets, topic))) {
                    LOG.warn("Group {} has not done with topic {} after {} s", group, topic, patience);
                    return false;
                }
            }
            return true;
        }
    }

    private static boolean reached(TopicReader reader, ConsumerGroup offsets, Topic<?, ?> topic) {
        try {
            return offsets.reached(reader.writtenEnds(List.of(topic)));
        } catch (KafkaException e) {
            LOG.info("Asking again: {}", e.toString());
            return false;
        }
    }

    private static AuditReport audited(KafkaSettings brokers) {
        var audit = new StreamAudit(brokers, READ_PATIENCE);
        Map<TopicPartition, Long> until = audit.mark();
        return audit.count(until.keySet().stream().collect(toMap(at -> at, at -> 0L)), until);
    }

    /** Versions that classifiers said they refuse, by reason; an instance says it again and again. */
    private static Map<String, Long> refused(TopicReader reader) {
        Map<Integer, String> reasons = new HashMap<>();
        reader.readAll(Topics.MODEL_STATUS, READ_PATIENCE, withoutStrangers(record -> {
            ModelStatus status = record.value() == null ? null : STATUSES.decode(record.value());
            if (status != null && status.getState() == ModelState.REFUSED) {
                reasons.put(status.getVersion(), status.getReason());
            }
        }));
        return reasons.values().stream().collect(groupingBy(reason -> reason, counting()));
    }

    private static long difference(ScoreCheck scores) {
        Map<ScoreCheck.Cell, Long> left = new HashMap<>(scores.recounted());
        scores.scored().forEach((cell, count) -> left.merge(cell, -count, Long::sum));
        return left.values().stream().mapToLong(Math::abs).sum();
    }
}
