package dev.hemline.quickstart.stream;

import static dev.hemline.testbed.Patience.PATIENCE;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hemline.control.models.ModelsCommand;
import dev.hemline.event.Classification;
import dev.hemline.event.ExperimentCounts;
import dev.hemline.event.ExperimentDecision;
import dev.hemline.event.ExperimentOutcome;
import dev.hemline.event.ExperimentPhase;
import dev.hemline.event.ExperimentReason;
import dev.hemline.event.GroundTruth;
import dev.hemline.event.ModelState;
import dev.hemline.event.Score;
import dev.hemline.image.ImageEvents;
import dev.hemline.model.publish.PublishedVersions;
import dev.hemline.service.CommandLineApp;
import dev.hemline.service.KafkaSettings;
import dev.hemline.testbed.broker.TestBroker;
import dev.hemline.topic.EventShare;
import dev.hemline.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The referee beside real challengers, under kill -9. */
class RefereeIT {
    private static final int EVENTS = 300;
    private static final double SHARE = 0.5;
    private static final EventShare CHALLENGED = new EventShare(Topics.SHADOW_CLASSIFICATIONS.name(), SHARE);

    @TempDir
    Path folder;

    @RegisterExtension
    final TestBroker broker = new TestBroker();

    private KafkaSettings kafka;

    @BeforeEach
    void publishTheFirst() throws Exception {
        kafka = broker.settings();
        TestModels.publish(kafka, 1);
    }

    @Test
    void shouldDecideOnceByWhatLabelsSayOfBothThoughChallengersAreKilled() throws Exception {
        TestModels.publish(kafka, 2);
        models("pin", "1");
        models("challenge", "2");
        try (ChildClassifier champion = ChildClassifier.start(kafka, folder, "champion");
                ChildClassifier doomed = challenger("doomed")) {
            // Given events that both have answered, and labels of a third of them
            sendEvents(0, EVENTS);
            awaitShadows(2, 0, EVENTS, doomed);
            await().atMost(PATIENCE).until(() -> results(1).size() == EVENTS);
            Map<String, Integer> answers = shadows(2);
            assertThat(results(1).stream()
                            .filter(result ->
                                    answers.getOrDefault(result.getId(), result.getLabel()) != result.getLabel()))
                    .as("to which the two have other answers")
                    .hasSizeGreaterThan(50);
            label(answers, 0, EVENTS / 3);
            await().atMost(PATIENCE).until(() -> counted() > 0);

            // When the challenger is killed, another one comes, and the challenger was right in all the rest
            doomed.kill();
            try (ChildClassifier last = challenger("last")) {
                label(answers, EVENTS / 3, EVENTS);

                // Then it is decided once, by what is on the topics
                await().atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(300))
                        .untilAsserted(() -> assertThat(counted())
                                .as(() -> last.lastLines().toString())
                                .isEqualTo(shadowed(0, EVENTS)));
                assertThat(counts().values().stream()
                                .mapToLong(ExperimentCounts::getChallengerAlone)
                                .sum())
                        .isEqualTo(recountedWins(answers));
                await().atMost(PATIENCE).until(() -> !decisions().isEmpty());
                assertThat(decisions()).singleElement().satisfies(decision -> {
                    assertIsOf(decision, ExperimentPhase.TRIAL, ExperimentOutcome.PROMOTED);
                    assertThat(decision.getReason()).isEqualTo(ExperimentReason.BETTER);
                    assertThat(decision.getLogEValue()).isGreaterThan(Math.log(20));
                });
                last.stop();
            }
            champion.stop();
        }
    }

    @Test
    void shouldLetAVersionServeThatHasWonAndTakeItBackWhereItFailsItsProbation() throws Exception {
        // Given a model of which a new version has to win first, and two challengers
        models("policy", "challenger");
        try (ChildClassifier champion = ChildClassifier.start(kafka, folder, "champion");
                ChildClassifier one = challenger("one");
                ChildClassifier other = challenger("other")) {
            TestModels.publish(kafka, 2);
            await().atMost(PATIENCE).until(() -> published().isChallenger(2));
            await().atMost(PATIENCE).until(() -> one.challenges(2) && other.challenges(2));

            // When labels say that it is right
            sendEvents(0, EVENTS);
            awaitShadows(2, 0, EVENTS, one, other);
            label(shadows(2), 0, EVENTS);

            // Then it serves, and what served before shadows it
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(published())
                            .as(() -> one.lastLines() + "\n" + other.lastLines())
                            .matches(model -> model.isPinned(2) && model.isChallenger(1)));
            assertThat(results(2)).as("before it had won").isEmpty();
            await().atMost(PATIENCE).until(() -> serving(2) && one.challenges(1) && other.challenges(1));

            // When labels say that the other one is right after all
            sendEvents(EVENTS, 2 * EVENTS);
            awaitShadows(1, EVENTS, 2 * EVENTS, one, other);
            label(shadows(1), EVENTS, 2 * EVENTS);

            // Then it is taken back
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(published())
                            .as(() -> one.lastLines() + "\n" + other.lastLines())
                            .matches(model ->
                                    model.isPinned(1) && model.challenger().isEmpty()));
            assertThat(decisions()).hasSize(2);
            assertIsOf(decisions().get(0), ExperimentPhase.TRIAL, ExperimentOutcome.PROMOTED);
            assertIsOf(decisions().get(1), ExperimentPhase.PROBATION, ExperimentOutcome.ROLLED_BACK);
            one.stop();
            other.stop();
            champion.stop();
        }
    }

    private static void assertIsOf(ExperimentDecision decision, ExperimentPhase phase, ExperimentOutcome outcome) {
        assertThat(decision.getCandidate()).isEqualTo(2);
        assertThat(decision.getIncumbent()).isEqualTo(1);
        assertThat(decision.getPhase()).isEqualTo(phase);
        assertThat(decision.getOutcome()).isEqualTo(outcome);
    }

    private PublishedVersions published() {
        return PublishedVersions.read(TestModels.NAME, kafka.client(Map.of()));
    }

    private ChildClassifier challenger(String name) {
        return ChildClassifier.start(
                kafka,
                folder,
                name,
                "--challenger",
                "--share",
                Double.toString(SHARE),
                "--fewest-labels",
                "30",
                "--state-dir",
                folder.resolve("state-of-" + name).toString());
    }

    private static ProducerRecord<String, byte[]> event(int number, byte[] event) {
        return new ProducerRecord<>(Topics.IMAGE_EVENTS.name(), "event-" + number, event);
    }

    private void sendEvents(int from, int to) {
        send(IntStream.range(from, to)
                .mapToObj(i -> event(i, ImageEvents.onePixel("event-" + i, i % 256)))
                .toList());
    }

    private void awaitShadows(int version, int from, int to, ChildClassifier... challengers) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(300))
                .untilAsserted(() -> assertThat(shadows(version))
                        .as(() -> Stream.of(challengers)
                                .map(ChildClassifier::lastLines)
                                .toList()
                                .toString())
                        .hasSize((int) shadowed(from, to)));
    }

    private static long shadowed(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "event-" + i)
                .filter(CHALLENGED::has)
                .count();
    }

    /** What the challenger says is right; each fourth label says otherwise at first. */
    private void label(Map<String, Integer> answers, int from, int to) {
        send(IntStream.range(from, to)
                .boxed()
                .flatMap(i -> {
                    String id = "event-" + i;
                    int right = answers.getOrDefault(id, 0);
                    return i % 4 == 0
                            ? Stream.of(label(id, (right + 1) % 10, i), label(id, right, i + 1))
                            : Stream.of(label(id, right, i));
                })
                .toList());
    }

    private static ProducerRecord<String, byte[]> label(String id, int label, int second) {
        return new ProducerRecord<>(
                Topics.GROUND_TRUTH.name(),
                id,
                Topics.GROUND_TRUTH
                        .valueSerde()
                        .serializer()
                        .serialize("", new GroundTruth(id, label, Instant.EPOCH.plusSeconds(second), "test")));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // closing waits for all
    private void send(List<ProducerRecord<String, byte[]>> records) {
        try (var producer =
                new KafkaProducer<>(kafka.client(Map.of()), new StringSerializer(), new ByteArraySerializer())) {
            records.forEach(producer::send);
        }
    }

    /** What the challenger answered with that version, by id. */
    private Map<String, Integer> shadows(int version) {
        return broker.clients().readValues(Topics.SHADOW_CLASSIFICATIONS).stream()
                .filter(result -> result.getModelVersion() == version)
                .collect(toMap(Classification::getId, Classification::getLabel));
    }

    private List<Classification> results(int version) {
        return broker.clients().readValues(Topics.CLASSIFICATIONS).stream()
                .filter(result -> result.getModelVersion() == version)
                .toList();
    }

    /** Whether instances say so. */
    private boolean serving(int version) {
        return broker.clients().readValues(Topics.MODEL_STATUS).stream()
                .anyMatch(status -> status.getState() == ModelState.SERVING && status.getVersion() == version);
    }

    private List<ExperimentDecision> decisions() {
        return broker.clients().readValues(Topics.EXPERIMENT_DECISIONS);
    }

    /** The newest of each partition. */
    private Map<Integer, ExperimentCounts> counts() {
        return broker.clients().readValues(Topics.EXPERIMENT_COUNTS).stream()
                .collect(toMap(ExperimentCounts::getPartition, Function.identity(), (before, now) -> now));
    }

    private long counted() {
        return counts().values().stream()
                .mapToLong(counts -> counts.getChallengerAlone() + counts.getChampionAlone() + counts.getAlike())
                .sum();
    }

    private long recountedWins(Map<String, Integer> answers) {
        Map<String, Score> newest = broker.clients().readValues(Topics.SCORES).stream()
                .collect(toMap(Score::getId, Function.identity(), (before, now) -> now));
        return answers.entrySet().stream()
                .filter(answer -> {
                    Score score = Objects.requireNonNull(newest.get(answer.getKey()));
                    return score.getActual() == answer.getValue() && score.getPredicted() != score.getActual();
                })
                .count();
    }

    private void models(String... args) {
        int exitCode = CommandLineApp.of(new ModelsCommand(), Map.of())
                .execute(Stream.concat(Stream.of(args), Stream.of("--bootstrap-servers", kafka.bootstrapServers()))
                        .toArray(String[]::new));
        assertThat(exitCode).isZero();
    }
}
