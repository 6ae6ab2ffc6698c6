package dev.hemline.classifier.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.classifier.FakeModel;
import dev.hemline.classifier.challenger.Role;
import dev.hemline.classifier.engine.EngineSettings;
import dev.hemline.classifier.engine.InferenceEngine;
import dev.hemline.classifier.lifecycle.ChunkPlace;
import dev.hemline.classifier.lifecycle.ModelRegistry;
import dev.hemline.classifier.outcome.ClassifierListener;
import dev.hemline.classifier.outcome.Outcome;
import dev.hemline.classifier.prefetch.PrefetchedOutcomes;
import dev.hemline.classifier.quarantine.FakeAttempts;
import dev.hemline.classifier.sample.Sampling;
import dev.hemline.event.Classification;
import dev.hemline.event.Sample;
import dev.hemline.image.ImageDecoder;
import dev.hemline.image.ImageEvents;
import dev.hemline.image.ImageLimits;
import dev.hemline.service.trace.Tracing;
import dev.hemline.topic.EventFormats;
import dev.hemline.topic.ImageEventReader;
import dev.hemline.topic.Topic;
import dev.hemline.topic.Topics;
import dev.hemline.topic.WriterSchemas;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ClassifierTopologyTest {
    private final ModelRegistry models = new ModelRegistry();
    private final Sampling sampling = new Sampling(1);
    private final InferenceEngine engine = new InferenceEngine(
            new EngineSettings(1, 8),
            models,
            new ImageEventReader(),
            new ImageDecoder(ImageLimits.DEFAULT),
            ClassifierListener.NONE,
            Tracing.OFF,
            sampling,
            Optional.empty());
    private final List<Outcome> forwarded = new ArrayList<>();
    private final List<String> rejectedSources = new ArrayList<>();
    private final AtomicInteger modelChanges = new AtomicInteger();
    private final OutputLimits limits = new OutputLimits(1 << 20);
    private final Topology topology = ClassifierTopology.build(
            Role.CHAMPION,
            new PrefetchedOutcomes(
                    Topics.IMAGE_EVENTS.name(), engine, ClassifierListener.NONE, FakeAttempts.quarantine()),
            limits,
            new ClassifierListener() {
                @Override
                public void forwarded(Outcome outcome) {
                    forwarded.add(outcome);
                }

                @Override
                public void rejectedOf(String source) {
                    rejectedSources.add(source);
                }
            },
            Tracing.OFF,
            Optional.empty(),
            WriterSchemas.NONE,
            EventFormats.DEFAULT.results(),
            modelChanges::incrementAndGet);
    private final TopologyTestDriver driver = new TopologyTestDriver(topology, settings());
    private final TestInputTopic<byte[], byte[]> images =
            driver.createInputTopic(Topics.IMAGE_EVENTS.name(), new ByteArraySerializer(), new ByteArraySerializer());
    private final TestOutputTopic<String, Classification> classifications = output(Topics.CLASSIFICATIONS);
    private final TestOutputTopic<String, Sample> samples = output(Topics.SAMPLES);
    private final TestOutputTopic<byte[], byte[]> deadLetters = output(Topics.IMAGE_EVENTS_DLQ);

    private static Properties settings() {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        return settings;
    }

    private <K, V> TestOutputTopic<K, V> output(Topic<K, V> topic) {
        return driver.createOutputTopic(
                topic.name(),
                topic.keySerde().deserializer(),
                topic.valueSerde().deserializer());
    }

    @AfterEach
    void close() {
        driver.close();
        engine.close();
        models.close();
    }

    @Test
    void shouldChangeOnlyOnPurpose() throws Exception {
        try (InputStream expected = getClass().getResourceAsStream("topology.txt")) {
            assertThat(topology.describe().toString())
                    .isEqualToNormalizingNewlines(new String(expected.readAllBytes(), UTF_8));
        }
    }

    @Test
    void shouldWriteResultsAloneToTheirOwnTopicAsAChallenger() {
        Topology challenging = ClassifierTopology.build(
                Role.CHALLENGER,
                new PrefetchedOutcomes(
                        Topics.IMAGE_EVENTS.name(), engine, ClassifierListener.NONE, FakeAttempts.quarantine()),
                limits,
                ClassifierListener.NONE,
                Tracing.OFF,
                Optional.empty(),
                WriterSchemas.NONE,
                EventFormats.DEFAULT.results(),
                () -> {});
        models.swap(new FakeModel(3));

        try (var challenger = new TopologyTestDriver(challenging, settings())) {
            var events = challenger.createInputTopic(
                    Topics.IMAGE_EVENTS.name(), new ByteArraySerializer(), new ByteArraySerializer());
            events.pipeInput("a".getBytes(UTF_8), ImageEvents.onePixel("a", 255));
            events.pipeInput("b".getBytes(UTF_8), "no event".getBytes(UTF_8));

            assertThat(challenger.producedTopicNames()).containsExactly(Topics.SHADOW_CLASSIFICATIONS.name());
        }
    }

    @Test
    void shouldWriteAClassificationUnderTheEventsId() {
        models.swap(new FakeModel(3));

        images.pipeInput("a".getBytes(UTF_8), ImageEvents.onePixel("a", 255));

        TestRecord<String, Classification> result = classifications.readRecord();
        assertThat(result.key()).isEqualTo("a");
        assertThat(result.value().getModelVersion()).isEqualTo(3);
        assertThat(deadLetters.isEmpty()).isTrue();
        assertThat(forwarded).hasSize(1);
    }

    @Test
    void shouldKeepThePictureAsTheModelSawItBesideItsResult() {
        models.swap(new FakeModel(3));
        sampling.begin(1 << 20);

        images.pipeInput("a".getBytes(UTF_8), ImageEvents.onePixel("a", 255));

        TestRecord<String, Sample> sample = samples.readRecord();
        assertThat(sample.key()).isEqualTo("a");
        assertThat(sample.value().getPixels()).isEqualTo(ByteBuffer.wrap(new byte[] {(byte) 255}));
        assertThat(sample.value().getProbabilities())
                .isEqualTo(classifications.readValue().getProbabilities());
        assertThat(sample.value().getModelVersion()).isEqualTo(3);
    }

    @Test
    void shouldKeepNoPictureThatBrokersRefusedForItsSize() {
        models.swap(new FakeModel(3));
        sampling.begin(1 << 20);
        limits.sampleRefused(100);

        images.pipeInput("a".getBytes(UTF_8), ImageEvents.onePixel("a", 255));

        assertThat(samples.isEmpty()).isTrue();
        assertThat(classifications.isEmpty()).isFalse();
    }

    @Test
    void shouldKeepNoPicturesForAWhileWhereBrokersDoNotTakeThem() {
        models.swap(new FakeModel(3));
        sampling.begin(1 << 20);
        limits.samplesNotTaken();

        images.pipeInput("a".getBytes(UTF_8), ImageEvents.onePixel("a", 255));

        assertThat(samples.isEmpty()).isTrue();
        assertThat(classifications.isEmpty()).isFalse();
    }

    @Test
    void shouldKeepNoPicturesWhereNoTopicTakesThem() {
        models.swap(new FakeModel(3));

        images.pipeInput("a".getBytes(UTF_8), ImageEvents.onePixel("a", 255));

        assertThat(samples.isEmpty()).isTrue();
    }

    @Test
    void shouldWriteWhatCannotBeClassifiedAsItWasReceivedWithTheReasonInItsHeaders() {
        models.swap(new FakeModel(3));
        byte[] key = "a".getBytes(UTF_8);
        byte[] garbage = {1, 2, 3};
        var trace = new RecordHeaders().add("traceparent", "00-1".getBytes(UTF_8));

        images.pipeInput(new TestRecord<>(key, garbage, trace));

        TestRecord<byte[], byte[]> letter = deadLetters.readRecord();
        assertThat(letter.key()).isEqualTo(key);
        assertThat(letter.value()).isEqualTo(garbage);
        assertThat(letter.headers())
                .extracting(header -> header.key() + "=" + text(header))
                .containsExactly(
                        "traceparent=00-1",
                        "hemline.reason=undecodable-event",
                        "__streams.errors.exception=dev.hemline.topic.UndecodableEventException",
                        "__streams.errors.message=Not a readable ImageEvent: 3 bytes are too few for the 10-byte"
                                + " single-object header",
                        "__streams.errors.topic=image-events",
                        "__streams.errors.partition=0",
                        "__streams.errors.offset=0");
        assertThat(classifications.isEmpty()).isTrue();
    }

    @Test
    void shouldSayInALetterWhatItsEventIsCalledWhereThatCanBeReadAndInNoWordsOfItsSender() {
        models.swap(new FakeModel(3));
        var stolen = new RecordHeaders().add("hemline.event-id", "stolen".getBytes(UTF_8));
        byte[] key = "key".getBytes(UTF_8);

        images.pipeInput(new TestRecord<>(key, "{\"id\":\"inside\",\"content\":\"AAAA\"}".getBytes(UTF_8), stolen));
        images.pipeInput(new TestRecord<>(key, "GIF89a".getBytes(UTF_8), stolen));
        images.pipeInput(new TestRecord<>(null, "GIF89a".getBytes(UTF_8)));
        images.pipeInput(new TestRecord<>(key, ImageEvents.onePixel("x".repeat(1_025), 1), stolen));
        images.pipeInput(new TestRecord<>(key, ImageEvents.onePixel("", 1), stolen));
        images.pipeInput(new TestRecord<>(key, new byte[] {1}, stolen));

        assertThat(deadLetters.readRecordsToList())
                .extracting(letter -> Optional.ofNullable(letter.headers().lastHeader("hemline.event-id"))
                        .map(ClassifierTopologyTest::text)
                        .orElse("none"))
                .containsExactly("inside", "key", "image-events-0@2", "none", "none", "none");
    }

    @Test
    void shouldTellWhoseEventsAreRejectedWhereThatCanBeRead() {
        models.swap(new FakeModel(3));
        var camera = new RecordHeaders().add("ce_specversion", "1.0".getBytes(UTF_8));
        camera.add("ce_type", "picture".getBytes(UTF_8));
        camera.add("ce_id", "a".getBytes(UTF_8));
        camera.add("ce_source", "/shelves/4".getBytes(UTF_8));
        byte[] key = "key".getBytes(UTF_8);

        images.pipeInput(new TestRecord<>(key, "GIF89a".getBytes(UTF_8), camera));
        images.pipeInput(new TestRecord<>(key, ImageEvents.onePixel("", 1)));
        images.pipeInput(new TestRecord<>(key, ImageEvents.onePixel("good", 1)));
        images.pipeInput(new TestRecord<>(key, new byte[] {1}));

        assertThat(rejectedSources).containsExactly("/shelves/4", "test", "");
    }

    @Test
    void shouldLeaveTheValueOfADeadLetterOutThatItsTopicHasNoRoomFor() {
        models.swap(new FakeModel(3));
        limits.limitLetters(2_000);
        byte[] noPicture = "{\"id\":\"inside\",\"content\":\"%s\"}"
                .formatted("A".repeat(2_000))
                .getBytes(UTF_8);

        images.pipeInput(new TestRecord<>("a".getBytes(UTF_8), noPicture));

        TestRecord<byte[], byte[]> letter = deadLetters.readRecord();
        assertThat(letter.key()).isEqualTo("a".getBytes(UTF_8));
        assertThat(letter.value()).isNull();
        assertThat(text(letter.headers().lastHeader("hemline.left-out"))).isEqualTo("value");
        assertThat(text(letter.headers().lastHeader("hemline.event-id"))).isEqualTo("inside");
        assertThat(text(letter.headers().lastHeader("__streams.errors.offset"))).isEqualTo("0");
    }

    @Test
    void shouldLeaveKeyAndForeignHeadersOutWhereTheyAreTooLargeThemselves() {
        models.swap(new FakeModel(3));
        limits.limitLetters(2_000);
        var large = new RecordHeaders().add("trace", new byte[2_000]).add("hemline.reason", new byte[2_000]);

        images.pipeInput(new TestRecord<>(new byte[2_000], new byte[] {1}, large));

        TestRecord<byte[], byte[]> letter = deadLetters.readRecord();
        assertThat(letter.key()).isNull();
        assertThat(text(letter.headers().lastHeader("hemline.left-out"))).isEqualTo("value,key,headers");
        assertThat(letter.headers().lastHeader("trace")).isNull();
        assertThat(letter.headers().headers("hemline.reason")).hasSize(1);
    }

    @Test
    void shouldPassHeadersOnWithAResultUnlessTheyAreLargerThanAResultMayBe() {
        models.swap(new FakeModel(3));
        byte[] event = ImageEvents.onePixel("a", 255);
        byte[] key = "a".getBytes(UTF_8);

        images.pipeInput(new TestRecord<>(key, event, new RecordHeaders().add("traceparent", "00-1".getBytes(UTF_8))));
        images.pipeInput(new TestRecord<>(key, event, new RecordHeaders().add("huge", new byte[100_000])));

        assertThat(classifications.readRecord().headers()).hasSize(1);
        assertThat(classifications.readRecord().headers()).isEmpty();
    }

    @Test
    void shouldNotPassOnWhatDescribesThePicturesBytes() {
        models.swap(new FakeModel(3));
        var headers = new RecordHeaders().add("ce_id", "a".getBytes(UTF_8));
        for (String name : List.of("content-type", "ce_dataschema", "ce_dataref", "hemline.content-sha256")) {
            headers.add(name, "x".getBytes(UTF_8));
        }

        images.pipeInput(new TestRecord<>("a".getBytes(UTF_8), ImageEvents.onePixel("a", 255), headers));

        assertThat(classifications.readRecord().headers())
                .singleElement()
                .extracting(Header::key)
                .isEqualTo("ce_id");
    }

    @Test
    void shouldWriteOutcomesUnderTheTimeOfToday() {
        models.swap(new FakeModel(3));
        Instant old = Instant.now().minus(Duration.ofDays(8));
        byte[] key = "a".getBytes(UTF_8);

        images.pipeInput(new TestRecord<>(key, ImageEvents.onePixel("a", 255), null, old));
        images.pipeInput(new TestRecord<>(key, new byte[] {1}, null, old));

        assertThat(classifications.readRecord().getRecordTime())
                .isAfter(Instant.now().minusSeconds(60));
        assertThat(deadLetters.readRecord().getRecordTime())
                .isAfter(Instant.now().minusSeconds(60));
    }

    @Test
    void shouldCountEmptyHeadersToo() {
        models.swap(new FakeModel(3));
        var many = new RecordHeaders();
        IntStream.range(0, 600_000).forEach(i -> many.add("", null));

        images.pipeInput(new TestRecord<>("a".getBytes(UTF_8), ImageEvents.onePixel("a", 255), many));

        assertThat(classifications.readRecord().headers()).isEmpty();
    }

    @Test
    @Timeout(20)
    void shouldKeepNoHeaderThatASenderNamedLikeOurs() {
        models.swap(new FakeModel(3));
        var many = new RecordHeaders();
        IntStream.range(0, 300_000).forEach(i -> many.add("__streams.errors." + i, null));

        images.pipeInput(new TestRecord<>("a".getBytes(UTF_8), new byte[] {1}, many));

        assertThat(deadLetters.readRecord().headers()).hasSize(6);
    }

    @Test
    @SuppressWarnings("NullAway") // where the record came from is not looked at
    void shouldLeaveHeadersOutOfAResultThatBrokersRefusedWithThem() {
        models.swap(new FakeModel(3));
        var headers = new RecordHeaders().add("trace", new byte[2_000]);
        var failures = new OutputFailures();
        failures.configure(Map.of(OutputFailures.LIMITS_CONFIG, limits));

        failures.handleError(
                null,
                new ProducerRecord<>(Topics.CLASSIFICATIONS.name(), null, new byte[1], new byte[1], headers),
                new RecordTooLargeException("too large"));
        images.pipeInput(new TestRecord<>("a".getBytes(UTF_8), ImageEvents.onePixel("a", 255), headers));

        assertThat(limits.learned()).isTrue();
        assertThat(classifications.readRecord().headers()).isEmpty();
    }

    @Test
    void shouldDeadLetterATombstone() {
        models.swap(new FakeModel(3));

        images.pipeInput(new TestRecord<>("a".getBytes(UTF_8), null));

        assertThat(deadLetters.readRecord().value()).isNull();
    }

    @Test
    void shouldKeepModelsInTheGlobalStoreAndSayThatTheyChanged() {
        driver.createInputTopic(Topics.MODELS.name(), Topics.MODELS.keySerde().serializer(), new ByteArraySerializer())
                .pipeInput("fake/v000001", new byte[] {9});

        assertThat(driver.<String, byte[]>getKeyValueStore(ClassifierTopology.MODELS_STORE)
                        .get("fake/v000001"))
                .containsExactly(9);
        assertThat(modelChanges).hasValue(1);
    }

    @Test
    void shouldKeepOfAChunkOnlyWhereItStands() {
        TestInputTopic<String, byte[]> topic = driver.createInputTopic(
                Topics.MODELS.name(), Topics.MODELS.keySerde().serializer(), new ByteArraySerializer());
        topic.pipeInput("fake/v000001/chunk-0000", new byte[900_000]);
        topic.pipeInput("fake/v000001/chunk-0001", new byte[900_000]);

        assertThat(driver.<String, byte[]>getKeyValueStore(ClassifierTopology.MODELS_STORE)
                        .get("fake/v000001/chunk-0001"))
                .isEqualTo(new ChunkPlace(0, 1).toBytes());

        topic.pipeInput("fake/v000001/chunk-0001", null);

        assertThat(driver.<String, byte[]>getKeyValueStore(ClassifierTopology.MODELS_STORE)
                        .get("fake/v000001/chunk-0001"))
                .isNull();
    }

    private static String text(Header header) {
        return new String(header.value(), UTF_8);
    }
}
