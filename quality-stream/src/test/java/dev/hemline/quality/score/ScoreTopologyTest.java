package dev.hemline.quality.score;

import static dev.hemline.quality.score.LabelOutcome.CHANGED;
import static dev.hemline.quality.score.LabelOutcome.DUPLICATE;
import static dev.hemline.quality.score.LabelOutcome.EARLY;
import static dev.hemline.quality.score.LabelOutcome.INVALID;
import static dev.hemline.quality.score.LabelOutcome.OUTDATED;
import static dev.hemline.quality.score.LabelOutcome.SCORED;
import static dev.hemline.quality.score.LabelOutcome.UNDECODABLE;
import static dev.hemline.quality.score.LabelOutcome.UNKNOWN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hemline.event.Answer;
import dev.hemline.event.Classification;
import dev.hemline.event.DriftBatch;
import dev.hemline.event.DriftGroup;
import dev.hemline.event.Evidence;
import dev.hemline.event.GroundTruth;
import dev.hemline.event.Score;
import dev.hemline.quality.source.BusiestSources;
import dev.hemline.quality.source.SourceCounts;
import dev.hemline.service.AbsurdRecords;
import dev.hemline.topic.EventFormats;
import dev.hemline.topic.ModelKey;
import dev.hemline.topic.Topic;
import dev.hemline.topic.Topics;
import dev.hemline.topic.WriterSchemas;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreTopologyTest {
    private static final Duration WINDOW = Duration.ofHours(24);
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:30Z");
    private static final int CLASSES = 10;

    @TempDir
    Path folder;

    private final HeardScores heard = new HeardScores();
    private final Topology topology =
            ScoreTopology.build(WINDOW, 4, true, heard, EventFormats.DEFAULT, WriterSchemas.NONE);
    private TopologyTestDriver driver;
    private TestInputTopic<byte[], byte[]> results;
    private TestInputTopic<byte[], byte[]> labels;
    private TestOutputTopic<String, Score> scores;
    private TestOutputTopic<String, DriftBatch> batches;

    @BeforeEach
    void open() {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        driver = new TopologyTestDriver(topology, settings, NOON);
        results = input(Topics.CLASSIFICATIONS);
        labels = input(Topics.GROUND_TRUTH);
        scores = driver.createOutputTopic(
                Topics.SCORES.name(),
                Topics.SCORES.keySerde().deserializer(),
                Topics.SCORES.valueSerde().deserializer());
        batches = driver.createOutputTopic(
                Topics.DRIFT_BATCHES.name(),
                Topics.DRIFT_BATCHES.keySerde().deserializer(),
                Topics.DRIFT_BATCHES.valueSerde().deserializer());
    }

    private TestInputTopic<byte[], byte[]> input(Topic<?, ?> topic) {
        return driver.createInputTopic(topic.name(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterEach
    void close() {
        driver.close();
    }

    private void result(String id, int version, int predicted) {
        result(id, version, predicted, NOON);
    }

    private void result(String id, int version, int predicted, Instant at) {
        result(plausible(id, version, predicted, at).build());
    }

    private void result(Classification result) {
        results.pipeInput(
                result.getId().getBytes(UTF_8),
                Topics.CLASSIFICATIONS.valueSerde().serializer().serialize("", result));
    }

    private void resultOf(String source, String id, int version, int predicted) {
        result(plausible(id, version, predicted, NOON).setSource(source).build());
    }

    private Map<String, SourceCounts> sources() {
        Map<String, SourceCounts> rows = new HashMap<>();
        try (KeyValueIterator<String, byte[]> all =
                driver.<String, byte[]>getKeyValueStore(ScoreState.SOURCES).all()) {
            all.forEachRemaining(row -> SourceCounts.of(row.value).ifPresent(counts -> rows.put(row.key, counts)));
        }
        return rows;
    }

    private static Classification.Builder plausible(String id, int version, int predicted, Instant at) {
        return Classification.newBuilder()
                .setId(id)
                .setSource("test")
                .setLabel(predicted)
                .setLabelName("class " + predicted)
                .setConfidence(0.75f)
                .setProbabilities(Collections.nCopies(CLASSES, 0.1f))
                .setModelName("m")
                .setModelVersion(version)
                .setModelSha256("0123456789ab")
                .setCapturedAt(at)
                .setClassifiedAt(at);
    }

    private void label(String id, int label) {
        label(id, label, 5);
    }

    private void label(String id, int label, int secondsAfterNoon) {
        GroundTruth truth = new GroundTruth(id, label, NOON.plusSeconds(secondsAfterNoon), "test");
        labels.pipeInput(
                "any key".getBytes(UTF_8),
                Topics.GROUND_TRUTH.valueSerde().serializer().serialize("", truth));
    }

    private Map<String, Long> confusion() {
        Map<String, Long> cells = new HashMap<>();
        try (KeyValueIterator<String, Long> all =
                driver.<String, Long>getKeyValueStore(ScoreState.CONFUSION).all()) {
            all.forEachRemaining(cell -> cells.put(cell.key, cell.value));
        }
        assertThat(heard.cells.entrySet().stream()
                        .filter(cell -> cell.getValue() != 0)
                        .toList())
                .as("what was told is what is kept")
                .containsExactlyInAnyOrderElementsOf(cells.entrySet());
        return cells;
    }

    private Map<String, Long> confusionOfMinute(Instant minute) {
        Map<String, Long> cells = ofMinute(minute);
        cells.keySet().removeIf(cell -> ConfusionCell.parse(cell).isEmpty());
        return cells;
    }

    private Map<String, Long> ofMinute(Instant minute) {
        Map<String, Long> cells = new HashMap<>();
        try (KeyValueIterator<Windowed<String>, Long> all = driver.<String, Long>getWindowStore(
                        ScoreState.CONFUSION_BY_MINUTE)
                .fetchAll(minute, minute)) {
            while (all.hasNext()) {
                KeyValue<Windowed<String>, Long> cell = all.next();
                cells.put(cell.key.key(), cell.value);
            }
        }
        return cells;
    }

    @Test
    void shouldChangeOnlyOnPurpose() throws Exception {
        try (InputStream expected = getClass().getResourceAsStream("topology.txt")) {
            assertThat(topology.describe().toString())
                    .isEqualToNormalizingNewlines(new String(expected.readAllBytes(), UTF_8));
        }
    }

    @Test
    void shouldJudgeAResultByALabelThatComesLater() {
        result("a", 3, 7);
        driver.advanceWallClockTime(Duration.ofHours(23));
        label("a", 9);

        assertThat(scores.readKeyValuesToList())
                .containsExactly(KeyValue.pair("a", new Score("a", "m", 3, 7, 9, 0.75f, 5_000L, null, "test", "test")));
        assertThat(confusion()).containsExactly(Map.entry("m/v000003/9/7", 1L));
        assertThat(heard.labels).containsExactly(SCORED);
    }

    @Test
    void shouldJudgeAResultWhoseLabelCameFirst() {
        label("a", 7, -5);
        assertThat(scores.isEmpty()).isTrue();
        driver.advanceWallClockTime(Duration.ofHours(23));

        result("a", 3, 7);

        assertThat(scores.readValuesToList())
                .containsExactly(new Score("a", "m", 3, 7, 7, 0.75f, -5_000L, null, "test", "test"));
        assertThat(confusion()).containsExactly(Map.entry("m/v000003/7/7", 1L));
        driver.advanceWallClockTime(WINDOW.multipliedBy(2));
        assertThat(heard.labels).containsExactly(EARLY, SCORED);
    }

    @Test
    void shouldChangeNothingWhenALabelComesTwice() {
        result("a", 3, 7);
        label("a", 9);
        label("a", 9, 6);

        assertThat(scores.readValuesToList()).hasSize(1);
        assertThat(confusion()).containsExactly(Map.entry("m/v000003/9/7", 1L));
        assertThat(heard.labels).containsExactly(SCORED, DUPLICATE);
    }

    @Test
    void shouldMoveTheCountWhenALabelChanges() {
        result("a", 3, 7);
        result("b", 3, 7);
        label("a", 9, 5);
        label("b", 9, 5);
        label("a", 7, 6);

        assertThat(scores.readValuesToList())
                .extracting(Score::getId, Score::getActual, Score::getReplaces)
                .containsExactly(tuple("a", 9, null), tuple("b", 9, null), tuple("a", 7, 9));
        assertThat(confusion()).containsOnly(Map.entry("m/v000003/9/7", 1L), Map.entry("m/v000003/7/7", 1L));
        assertThat(heard.labels).containsExactly(SCORED, SCORED, CHANGED);
    }

    @Test
    void shouldLetTheLabelStandThatWasFoundOutLast() {
        result("a", 3, 7);
        label("a", 9, 5);
        label("a", 7, 8);
        label("a", 9, 5);
        label("a", 1, 7);

        assertThat(confusion()).containsExactly(Map.entry("m/v000003/7/7", 1L));
        assertThat(heard.labels).containsExactly(SCORED, CHANGED, OUTDATED, OUTDATED);
    }

    @Test
    void shouldLetTheLabelStandThatCameLastWhereTwoWereFoundOutAtOnce() {
        result("a", 3, 7);
        label("a", 9, 5);
        label("a", 1, 5);

        assertThat(confusion()).containsExactly(Map.entry("m/v000003/1/7", 1L));
    }

    @Test
    void shouldJudgeByALabelThatChangedBeforeTheResultCame() {
        label("a", 9, 1);
        label("a", 7, 2);

        result("a", 3, 7);

        assertThat(scores.readValuesToList())
                .containsExactly(new Score("a", "m", 3, 7, 7, 0.75f, 2_000L, null, "test", "test"));
        assertThat(heard.labels).containsExactly(EARLY, CHANGED, SCORED);
    }

    @Test
    void shouldCountResultsAndVerdictsBySource() {
        resultOf("warehouse-3", "a", 3, 7);
        resultOf("warehouse-3", "b", 3, 7);
        resultOf("warehouse-3", "b", 3, 7);
        resultOf("warehouse-3", "b", 4, 7);
        resultOf("warehouse-1", "c", 3, 7);
        resultOf("", "d", 3, 7);
        label("a", 9, 5);
        label("b", 7, 5);
        label("early", 7, 5);
        resultOf("warehouse-1", "early", 3, 7);
        label("d", 9, 5);

        assertThat(sources())
                .containsOnly(
                        Map.entry("m/v000003/warehouse-3", new SourceCounts(2, 2, 1, 1.5)),
                        Map.entry("m/v000004/warehouse-3", new SourceCounts(1, 1, 1, 0.75)),
                        Map.entry("m/v000003/warehouse-1", new SourceCounts(2, 1, 1, 1.5)),
                        Map.entry("m/v000003/", new SourceCounts(1, 1, 0, 0.75)));
        assertThat(scores.readValuesToList())
                .extracting(Score::getId, Score::getModelVersion, Score::getSource)
                .containsExactly(
                        tuple("a", 3, "warehouse-3"),
                        tuple("b", 3, "warehouse-3"),
                        tuple("b", 4, "warehouse-3"),
                        tuple("early", 3, "warehouse-1"),
                        tuple("d", 3, ""));

        // When two labels turn out otherwise
        label("a", 7, 6);
        label("b", 9, 6);

        // Then the same rows have one more and one less
        assertThat(sources())
                .containsEntry("m/v000003/warehouse-3", new SourceCounts(2, 2, 1, 1.5))
                .containsEntry("m/v000004/warehouse-3", new SourceCounts(1, 1, 0, 0.75));
    }

    @Test
    void shouldCountResultsByConfidenceAndMinuteOnceWhetherLabelsComeOrNot() {
        // Given results of two minutes and two versions, one of them again, and one of a day that is over
        Instant minute = NOON.minusSeconds(30);
        result("a", 3, 7, NOON.minusSeconds(60));
        result("b", 3, 7, NOON);
        result("b", 3, 7, NOON);
        result("c", 3, 7, NOON);
        result("c", 4, 8, NOON);
        result("d", 3, 7, NOON.minus(Duration.ofHours(25)));

        // When labels come, and change
        label("b", 7);
        label("b", 8, 6);

        // Then each is counted once, by the confidence that all of them have
        String bin = "/confidence/" + Confidences.bin(0.75);
        assertThat(ofMinute(minute)).containsEntry("m/v000003" + bin, 2L).containsEntry("m/v000004" + bin, 1L);
        assertThat(ofMinute(minute.minusSeconds(60))).isEqualTo(Map.of("m/v000003" + bin, 1L));
        assertThat(confusionOfMinute(minute)).isEqualTo(Map.of("m/v000003/8/7", 1L));
    }

    @Test
    void shouldCountNothingTwiceWhereASourceLosesItsName() {
        // Given results of as many sources as have names, of which one is labelled
        for (int i = 0; i < BusiestSources.NAMED; i++) {
            resultOf("s-" + i, "first-" + i, 3, 7);
        }
        label("first-0", 7, 5);

        // When a busier one takes the name of the first by name, which then turns out to have been wrong
        resultOf("new", "new-1", 3, 7);
        resultOf("new", "new-2", 3, 7);
        label("first-0", 9, 6);
        label("new-1", 7, 5);
        label("new-2", 7, 5);

        // Then that is one of the rest, as is the new one's first result; no row has more than it had results
        assertThat(sources())
                .hasSize(BusiestSources.NAMED + 1)
                .doesNotContainKey("m/v000003/s-0")
                .containsEntry("m/v000003/", new SourceCounts(2, 2, 1, 1.5))
                .containsEntry("m/v000003/new", new SourceCounts(1, 1, 1, 0.75));
        assertThat(sources().values().stream().mapToLong(SourceCounts::results).sum())
                .isEqualTo(BusiestSources.NAMED + 2);
    }

    @Test
    void shouldGoOnCountingBySourceWhereAnotherInstanceEnded() {
        KeyValueStore<String, byte[]> kept = driver.getKeyValueStore(ScoreState.SOURCES);
        resultOf("warehouse-3", "a", 3, 7);
        kept.put("m/v000003/warehouse-3/", new byte[] {1});
        kept.put("stranger", new byte[] {1});
        kept.put("m/v000009/no-name-any-more", new SourceCounts(4, 2, 1, 3).toBytes());

        var next = new SourceMatrix(kept, heard, 100);
        Answer counted = next.count(new Answer("m", 3, 7, CLASSES, 0.75f, NOON, "warehouse-3", null));
        next.judge(counted, true, null);

        assertThat(sources())
                .containsOnly(
                        Map.entry("m/v000003/warehouse-3", new SourceCounts(2, 1, 1, 1.5)),
                        Map.entry("m/v000009/", new SourceCounts(4, 2, 1, 3)));
        assertThat(kept.get("stranger")).isNull();
    }

    @Test
    void shouldCountNoLabelBySourceWhoseResultAnEarlierReleaseKept() {
        resultOf("warehouse-3", "a", 3, 7);
        driver.<String, Evidence>getWindowStore(ScoreState.EVIDENCE)
                .put(
                        "before",
                        new Evidence(List.of(new Answer("m", 3, 7, CLASSES, 0.5f, NOON, "", null)), null, null, ""),
                        NOON.toEpochMilli());

        label("before", 7);

        assertThat(confusion()).containsExactly(Map.entry("m/v000003/7/7", 1L));
        assertThat(sources()).containsOnly(Map.entry("m/v000003/warehouse-3", new SourceCounts(1, 0, 0, 0.75)));
    }

    @Test
    void shouldForgetTheVersionAnsweredLongestAgoWhereThereAreTooManyRowsOfSources() {
        KeyValueStore<String, byte[]> kept = driver.getKeyValueStore(ScoreState.SOURCES);
        var matrix = new SourceMatrix(kept, heard, 3);
        for (int version : new int[] {1, 2, 1, 3}) {
            for (String source : List.of("a", "b").subList(0, version == 3 ? 2 : 1)) {
                matrix.count(new Answer("m", version, 7, CLASSES, 0.5f, NOON, source, null));
            }
        }

        assertThat(sources()).containsOnlyKeys("m/v000001/a", "m/v000003/a", "m/v000003/b");
        assertThat(heard.forgotten).containsExactly(new ModelKey.Manifest("m", 2));
    }

    @Test
    void shouldTellOfLabelsThatNoResultCameFor() {
        label("nobody", 1);
        result("a", 3, 7);
        label("a", 7);
        driver.advanceWallClockTime(WINDOW.plusSeconds(11));
        assertThat(heard.labels).containsExactly(EARLY, SCORED, UNKNOWN);

        result("nobody", 3, 1);
        driver.advanceWallClockTime(WINDOW);

        assertThat(heard.labels).hasSize(3);
        assertThat(confusion()).containsExactly(Map.entry("m/v000003/7/7", 1L));
    }

    @Test
    void shouldForgetResultsAfterTheWindow() {
        result("a", 3, 7);
        driver.advanceWallClockTime(WINDOW.plusMillis(1));

        label("a", 7);

        assertThat(scores.isEmpty()).isTrue();
        assertThat(heard.labels).containsExactly(EARLY);
    }

    @Test
    void shouldJudgeEveryVersionThatAnsweredAnEventOnce() {
        result("a", 3, 7);
        result("a", 3, 7);
        label("a", 9, 5);
        result("a", 4, 9);
        result("a", 4, 9);
        label("a", 7, 6);

        assertThat(scores.readValuesToList())
                .extracting(Score::getModelVersion, Score::getActual, Score::getReplaces)
                .containsExactly(tuple(3, 9, null), tuple(4, 9, null), tuple(3, 7, 9), tuple(4, 7, 9));
        assertThat(confusion()).containsOnly(Map.entry("m/v000003/7/7", 1L), Map.entry("m/v000004/7/9", 1L));
        assertThat(heard.repeated).isEqualTo(2);
        assertThat(heard.labels).containsExactly(SCORED, CHANGED);
    }

    @Test
    void shouldPassByWhatCannotBeALabel() {
        labels.pipeInput(new byte[] {1}, new byte[] {1, 2, 3});
        labels.pipeInput(new TestRecord<>(new byte[] {1}, null));
        label("", 1);
        label("x".repeat(1025), 1);
        label("a", -1);
        result("a", 3, 7);
        label("a", CLASSES);
        results.pipeInput(new byte[] {1}, new byte[] {1});

        assertThat(heard.labels).containsExactly(UNDECODABLE, UNDECODABLE, INVALID, INVALID, INVALID, INVALID);
        assertThat(heard.undecodable).isEqualTo(1);
        assertThat(confusion()).isEmpty();
    }

    @Test
    void shouldPassByResultsThatNoClassifierWrote() {
        result(plausible("a", 3, 7, NOON).setModelName("").build());
        result(plausible("a", 3, 7, NOON).setModelName("Odd Name").build());
        result(plausible("a", 0, 7, NOON).build());
        result(plausible("a", 1_000_000_000, 7, NOON).build());
        result(plausible("a", 3, -5, NOON).build());
        result(plausible("a", 3, CLASSES, NOON).build());
        result(plausible("a", 3, 7, NOON).setConfidence(Float.NaN).build());
        result(plausible("a", 3, 7, Instant.ofEpochMilli(Long.MAX_VALUE)).build());
        result(plausible("", 3, 7, NOON).build());
        result(plausible("x".repeat(1025), 3, 7, NOON).build());
        result(plausible("a", 3, 7, NOON).setSource("x".repeat(1025)).build());
        label("a", 7);
        label("x".repeat(1025), 7);

        assertThat(heard.invalid).isEqualTo(11);
        assertThat(heard.passedOver)
                .hasSize(12)
                .contains("classifications: its label is -5, and it has probabilities of 10 classes")
                .contains("ground-truth: its id has 1025 characters, at most 1024 are accepted");
        assertThat(heard.labels).containsExactly(EARLY, INVALID);
        assertThat(confusion()).isEmpty();
    }

    @Test
    void shouldGoOnWithStateThatAnEarlierReleaseKeptOfThem() {
        var none = new Answer("Odd Name", 0, -5, CLASSES, 0.5f, NOON, "test", null);
        var good = new Answer("m", 3, 7, CLASSES, 0.5f, NOON, "test", null);
        driver.<String, Evidence>getWindowStore(ScoreState.EVIDENCE)
                .put("a", new Evidence(List.of(none, good), null, null, ""), NOON.toEpochMilli());

        label("a", 7);

        assertThat(scores.readValuesToList())
                .extracting(Score::getModelName, Score::getModelVersion)
                .containsExactly(tuple("m", 3));
    }

    @Test
    void shouldTakeAwayWhatIsNoCellWhenItTakesAPartitionOver() {
        KeyValueStore<String, Long> kept = driver.getKeyValueStore(ScoreState.CONFUSION);
        kept.put("m/v000003/7/7", 2L);
        kept.put("m/v000003/7/-5", 1L);
        kept.put("m/v000003/7/07", 1L);
        kept.put("m/v0000003/7/7", 1L);
        kept.put("Odd Name/v000000/7/7", 1L);
        var matrix = new ConfusionMatrix(kept, driver.getWindowStore(ScoreState.CONFUSION_BY_MINUTE), 0, heard, 10);

        matrix.tellAll();

        assertThat(confusion()).containsExactly(Map.entry("m/v000003/7/7", 2L));
    }

    @Test
    void shouldForgetTheVersionScoredLongestAgoWhereThereAreTooManyCells() {
        KeyValueStore<String, Long> kept = driver.getKeyValueStore(ScoreState.CONFUSION);
        var matrix = new ConfusionMatrix(kept, driver.getWindowStore(ScoreState.CONFUSION_BY_MINUTE), 0, heard, 4);
        long now = NOON.toEpochMilli();
        var first = new Answer("m", 1, 7, CLASSES, 0.5f, NOON, "test", null);
        var second = new Answer("m", 2, 7, CLASSES, 0.5f, NOON, "test", null);
        matrix.add(first, 7, now);
        matrix.add(first, 8, now);
        matrix.add(second, 7, now);
        matrix.add(second, 8, now);
        matrix.add(first, 7, now);

        matrix.add(new Answer("m", 3, 7, CLASSES, 0.5f, NOON, "test", null), 7, now);
        // What was counted there is gone, and a label that changes must not take it away again.
        matrix.remove(second, 7, now);

        assertThat(confusion())
                .containsOnly(
                        Map.entry("m/v000001/7/7", 2L), Map.entry("m/v000001/8/7", 1L), Map.entry("m/v000003/7/7", 1L));
        assertThat(heard.forgotten).containsExactly(new ModelKey.Manifest("m", 2));
    }

    @Test
    void shouldForgetTheOldestLabelsWhereTooManyWaitForAResult() {
        KeyValueStore<String, byte[]> kept = driver.getKeyValueStore(ScoreState.WAITING_LABELS);
        var waiting = new WaitingLabels(kept, WINDOW, 100L * "1772366430000/event-00".length());
        List<String> crowdedOut = new ArrayList<>();
        long now = NOON.toEpochMilli();
        for (int i = 0; i < 110; i++) {
            waiting.add(
                    String.format(Locale.ROOT, "event-%02d", i % 100),
                    now + i,
                    (id, since) -> crowdedOut.add(id + "@" + (since - now)));
        }

        assertThat(crowdedOut).hasSizeBetween(10, 20).startsWith("event-00@0", "event-01@1");
        List<String> expired = new ArrayList<>();
        waiting.expire(now + 110 + WINDOW.toMillis() + 1, () -> expired.add("one"));
        assertThat(expired).hasSize(110 - crowdedOut.size());
        assertThat(kept.all().hasNext()).isFalse();
    }

    @Test
    void shouldGoOnWhateverIsOnItsTopics() {
        for (long seed = 1; seed <= 5; seed++) {
            var absurd = new AbsurdRecords(seed, 3_000);
            var between = driver.createInputTopic(
                    "test-labels-by-id-repartition", new ByteArraySerializer(), new ByteArraySerializer());
            for (int i = 0; i < 2_000; i++) {
                String topic = List.of("classifications", "ground-truth").get(i % 2);
                TestInputTopic<byte[], byte[]> input = i % 5 == 0 ? between : i % 2 == 0 ? results : labels;
                input.pipeInput(absurd.key(), absurd.value(AbsurdRecords.SCHEMAS.getOrDefault(topic, List.of())));
            }
            driver.advanceWallClockTime(Duration.ofSeconds(11));

            result("good-" + seed, 3, 7);
            label("good-" + seed, 9);
        }

        assertThat(heard.failures).isEmpty();
        assertThat(scores.readValuesToList())
                .filteredOn(score -> score.getId().startsWith("good-"))
                .hasSize(5)
                .allSatisfy(score -> assertThat(score.getActual()).isEqualTo(9));
        assertThat(heard.undecodable).isPositive();
        assertThat(heard.invalid).isPositive();
        assertThat(heard.labels).contains(UNDECODABLE, INVALID, EARLY);
        assertThat(confusion()).isNotEmpty();
    }

    @Test
    void shouldNotJudgeByAnEarlyLabelThatTheModelDoesNotKnow() {
        label("a", CLASSES, 1);
        result("a", 3, 7);
        label("a", 7, 2);

        assertThat(heard.labels).containsExactly(EARLY, INVALID, CHANGED);
        assertThat(scores.readValuesToList()).extracting(Score::getReplaces).containsOnlyNulls();
        assertThat(confusion()).containsExactly(Map.entry("m/v000003/7/7", 1L));
    }

    @Test
    void shouldCountByTheMinuteOfTheAnswerToo() {
        Instant before = NOON.minus(Duration.ofMinutes(2));
        result("a", 3, 7, before);
        result("b", 3, 7);
        result("from the future", 3, 7, NOON.plus(Duration.ofDays(400)));
        result("old", 3, 7, NOON.minus(Duration.ofDays(2)));
        for (String id : List.of("a", "b", "from the future", "old")) {
            label(id, 7, 5);
        }
        label("b", 8, 6);

        assertThat(confusionOfMinute(Instant.parse("2026-03-01T11:58:00Z")))
                .containsExactly(Map.entry("m/v000003/7/7", 1L));
        assertThat(confusionOfMinute(Instant.parse("2026-03-01T12:00:00Z")))
                .containsOnly(Map.entry("m/v000003/7/7", 1L), Map.entry("m/v000003/8/7", 1L));
        assertThat(confusion()).containsOnly(Map.entry("m/v000003/7/7", 3L), Map.entry("m/v000003/8/7", 1L));
    }

    @Test
    void shouldAddResultsUpByVersionAndSource() {
        for (int i = 0; i < 60; i++) {
            resultOf("warehouse-3", "event-" + i, 3, i % CLASSES);
            driver.advanceWallClockTime(Duration.ofMillis(5));
        }
        resultOf("warehouse-4", "last", 3, 7);
        driver.advanceWallClockTime(Duration.ofSeconds(1));

        List<DriftBatch> told = batches.readValuesToList();

        assertThat(told)
                .extracting(DriftBatch::getSource)
                .containsExactlyInAnyOrder("warehouse-3", "warehouse-3", "warehouse-3", "warehouse-4");
        assertThat(told.stream().mapToInt(ScoreTopologyTest::results).sum()).isEqualTo(61);
        assertThat(told.get(1).getFirstId()).isEqualTo("event-25");
    }

    @Test
    void shouldAddMoreResultsUpWhereTheyComeFast() {
        for (int i = 0; i < 1_700; i++) {
            resultOf("warehouse-3", "event-" + i, 3, i % CLASSES);
        }
        driver.advanceWallClockTime(Duration.ofSeconds(1));

        assertThat(batches.readValuesToList())
                .extracting(ScoreTopologyTest::results)
                .containsExactly(1_000, 700);
    }

    private static int results(DriftBatch batch) {
        return batch.getGroups().stream().mapToInt(DriftGroup::getResults).sum();
    }

    @Test
    void shouldAddUpNothingThatIsNoProbability() {
        result(plausible("a", 3, 7, NOON)
                .setProbabilities(Collections.nCopies(CLASSES, -3.9f))
                .build());
        driver.advanceWallClockTime(Duration.ofSeconds(1));

        assertThat(batches.isEmpty()).isTrue();
        assertThat(heard.answers).hasSize(1);
    }

    @Test
    void shouldForgetWhatItToldOfAPartitionThatGoesElsewhere() {
        result("a", 3, 7);
        label("a", 7);

        driver.close();

        assertThat(heard.cells).isEmpty();
        open();
    }

    @Test
    void shouldReadLabelsInJsonAndResultsOfEveryFormat() {
        Classification result = plausible("a", 1, 3, NOON).build();
        results.pipeInput(
                "a".getBytes(UTF_8),
                EventFormats.DEFAULT.writingJson().results().encode(result));
        labels.pipeInput("a".getBytes(UTF_8), "{\"label\": 3}".getBytes(UTF_8));

        assertThat(scores.readValue().getActual()).isEqualTo(3);
    }

    @Test
    void shouldTakeTheTimeOfALabelsRecordWhereTheLabelHasNone() {
        // Given a result, and a label whose record is older than when it is read
        result("a", 1, 3);
        driver.advanceWallClockTime(Duration.ofMinutes(1));
        labels.pipeInput("a".getBytes(UTF_8), "{\"label\": 3}".getBytes(UTF_8), NOON.plusSeconds(10));

        // When one comes that was sent earlier still
        labels.pipeInput("a".getBytes(UTF_8), "{\"label\": 9}".getBytes(UTF_8), NOON.plusSeconds(9));

        // Then it counts for nothing, whenever the two are read, and state is kept by arrival
        TestRecord<String, Score> score = scores.readRecord();
        assertThat(score.value()).isEqualTo(new Score("a", "m", 1, 3, 3, 0.75f, 10_000L, null, "test", "unknown"));
        assertThat(score.getRecordTime()).isEqualTo(NOON.plus(Duration.ofMinutes(1)));
        assertThat(heard.labels).containsExactly(SCORED, OUTDATED);
    }

    @Test
    void shouldNameTheFlagWhereAResultTravelsWithASchemasId() {
        Classification result = plausible("a", 1, 3, NOON).build();

        results.pipeInput(
                "a".getBytes(UTF_8),
                EventFormats.DEFAULT.writingRegistered(7, 8).results().encode(result));

        assertThat(heard.passedOver).singleElement().asString().contains("--schema-registry URL");
    }

    /** A result with these headers, and what its score carries of them; the label brings its sender's own. */
    private Map<String, String> carriedFrom(String id, Map<String, String> headers, boolean labelFirst) {
        Headers all = new RecordHeaders();
        headers.forEach((name, value) -> all.add(name, value.getBytes(UTF_8)));
        Classification result = plausible(id, 1, 3, NOON).build();
        if (labelFirst) {
            label(id, 3);
        }
        results.pipeInput(new TestRecord<>(
                id.getBytes(UTF_8),
                Topics.CLASSIFICATIONS.valueSerde().serializer().serialize("", result),
                all));
        if (!labelFirst) {
            label(id, 3);
        }
        Map<String, String> carried = new HashMap<>();
        scores.readRecord().headers().forEach(header -> carried.put(header.key(), new String(header.value(), UTF_8)));
        return carried;
    }

    @Test
    void shouldCarryTheTraceOfAResultOnWithItsScoreWhicheverComesFirst() {
        Map<String, String> trace = Map.of(
                "traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "tracestate", "vendor=a,b=c");
        Map<String, String> sent = new HashMap<>(trace);
        sent.put("other", "stays behind");

        assertThat(carriedFrom("a", sent, false)).isEqualTo(trace);
        assertThat(carriedFrom("b", sent, true)).isEqualTo(trace);
    }

    @Test
    void shouldCarryTheAttributesOfTheCloudEventThatAResultIsOf() {
        Map<String, String> attributes =
                Map.of("ce_id", "boot-\u00fc", "ce_source", "/shelves/4", "ce_myextension1", "x");
        Map<String, String> sent = new HashMap<>(attributes);
        sent.put("ce_Wrong", "x");
        sent.put("ce_dataref", "https://bucket.example/boot.png?X-Amz-Signature=00");
        sent.put("ce_dataschema", "https://schemas.example/picture");
        sent.put("ce_subject", "two\nlines");
        sent.put("ce_long", "s".repeat(1025));

        assertThat(carriedFrom("a", sent, false)).isEqualTo(attributes);
        assertThat(carriedFrom("b", sent, true)).isEqualTo(attributes);
    }

    @Test
    void shouldCarryNoMoreHeadersThanAreKept() {
        Map<String, String> sent = new HashMap<>();
        for (int i = 0; i < 2_000; i++) {
            sent.put("ce_n" + i, "s".repeat(1000));
        }

        assertThat(carriedFrom("a", sent, false)).hasSize(4);
    }

    @Test
    void shouldTakeNothingFromAStoreThatCouldNotHaveBeenKept() {
        WindowStore<String, byte[]> store = driver.getWindowStore(ScoreState.CARRIED_HEADERS);
        var carried = new CarriedHeaders(store, WINDOW);
        long now = NOON.toEpochMilli();

        for (String stranger : List.of("ce_id: " + "x".repeat(1 << 20), "ce_id: a\u0007", "other: a", ": ", "ce_id")) {
            store.put("a", stranger.getBytes(UTF_8), now);
            assertThat(carried.find("a", now)).isEmpty();
        }
        store.put("a", "ce_id: a: b\nother: c\nce_id: d".getBytes(UTF_8), now);
        assertThat(carried.find("a", now)).hasSize(1);
    }

    @Test
    void shouldCarryNoHeaderThatNoTraceHas() {
        assertThat(carriedFrom("a", Map.of("traceparent", "x\ny: z", "tracestate", "s".repeat(513)), false))
                .isEmpty();
        assertThat(carriedFrom("b", Map.of(), true)).isEmpty();
    }
}
