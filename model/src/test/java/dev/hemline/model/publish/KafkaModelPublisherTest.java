package dev.hemline.model.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.hemline.event.GoldenBatch;
import dev.hemline.event.ModelAlias;
import dev.hemline.event.ModelManifest;
import dev.hemline.model.serving.DjlModelLoader;
import dev.hemline.model.serving.ExampleModel;
import dev.hemline.model.serving.LoadedModel;
import dev.hemline.model.signing.SigningKey;
import dev.hemline.model.signing.TrustedKeys;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.ModelKey;
import dev.hemline.topic.Topics;
import dev.hemline.topic.WriterSchemas;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaModelPublisherTest {
    private static final EventSerde<ModelManifest> MANIFESTS = EventSerde.of(ModelManifest.class);
    private static final EventSerde<ModelAlias> ALIASES = EventSerde.of(ModelAlias.class);
    private static final byte[] ARCHIVE = ExampleModel.archive();

    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
    private final CatalogCollector topic = new CatalogCollector(Optional.empty(), WriterSchemas.NONE);
    private final ConsumerGroupMetadata group = new MockConsumer<>("earliest").groupMetadata();
    private long offset;

    @BeforeEach
    void initialize() {
        producer.initTransactions();
    }

    @Test
    void shouldPublishTheNextVersionAllOrNothing() {
        ModelPublisher publisher = publisher(upTo(41));

        ModelManifest manifest = publisher.publish(ExampleModel.manifest(ARCHIVE), ARCHIVE);

        assertThat(manifest.getVersion()).isEqualTo(42);
        assertThat(producer.history())
                .extracting(ProducerRecord::key)
                .containsExactly("fashion-mnist/v000042/chunk-0000", "fashion-mnist/v000042");
        assertThat(producer.commitCount()).isEqualTo(1);
        assertThat(MANIFESTS.decode(producer.history().get(1).value())).isEqualTo(manifest);
    }

    @Test
    void shouldPublishWhatALoaderTakes() throws Exception {
        ModelManifest manifest = publisher(upTo(0)).publish(ExampleModel.manifest(ARCHIVE), ARCHIVE);

        try (LoadedModel model = new DjlModelLoader().load(manifest, ARCHIVE)) {
            assertThat(model.manifest().getVersion()).isEqualTo(1);
        }
    }

    @Test
    void shouldPublishAsManyGoldenImagesAsARecordHasRoomFor() {
        byte[] picture = new byte[3 * 224 * 224];

        ModelManifest five = publisher(upTo(0)).publish(withGolden(8, picture), ARCHIVE);
        ModelManifest one = publisher(upTo(1)).publish(withGolden(8, new byte[3 * 512 * 512]), ARCHIVE);

        assertThat(five.getGolden().getImages()).hasSize(5);
        assertThat(five.getGolden().getProbabilities()).hasSize(5);
        assertThat(one.getGolden().getImages()).hasSize(1);
        assertThat(producer.history())
                .allSatisfy(event -> assertThat(event.value()).hasSizeLessThan(ModelChunks.LARGEST_RECORD_BYTES));
    }

    @Test
    void shouldTakeALargerImageWhereItIsSmallOnItsWay() {
        byte[] black = new byte[1024 * 1024];
        byte[] noise = new byte[1024 * 1024];
        new Random(1).nextBytes(noise);

        assertThat(publisher(upTo(0), true)
                        .publish(withGolden(2, black), ARCHIVE)
                        .getGolden()
                        .getImages())
                .hasSize(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> publisher(upTo(0), true).publish(withGolden(1, noise), ARCHIVE))
                .withMessageContaining("900000 have room in a record; give the model a smaller input");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> publisher(upTo(0), false).publish(withGolden(1, black), ARCHIVE));
    }

    private static ModelManifest.Builder withGolden(int images, byte[] pixels) {
        return ExampleModel.manifest(ARCHIVE)
                .setGolden(new GoldenBatch(
                        Collections.nCopies(images, ByteBuffer.wrap(pixels)),
                        Collections.nCopies(images, Collections.nCopies(10, 0.1f)),
                        0.001f));
    }

    @Test
    void shouldStopWhenAnotherPublisherTookOver() {
        ModelPublisher publisher = publisher(upTo(0));
        producer.fenceProducer();

        assertThatExceptionOfType(FencedPublisherException.class)
                .isThrownBy(() -> publisher.publish(ExampleModel.manifest(ARCHIVE), ARCHIVE))
                .withMessage("another trainer of model fashion-mnist was started after this one and took over;"
                        + " only one can publish");
    }

    @Test
    void shouldNoticeWhenItCommitsOffsetsThatAnotherPublisherTookOver() {
        ModelPublisher publisher = publisher(upTo(0));
        Map<TopicPartition, OffsetAndMetadata> offsets =
                Map.of(new TopicPartition("training-requests", 0), new OffsetAndMetadata(3));

        publisher.commitOffsets(group, offsets);

        assertThat(producer.consumerGroupOffsetsHistory()).containsExactly(Map.of(group.groupId(), offsets));
        producer.fenceProducer();
        assertThatExceptionOfType(FencedPublisherException.class)
                .isThrownBy(() -> publisher.commitOffsets(group, offsets));
    }

    @Test
    void shouldKnowThatThePinnedVersionServes() {
        put(new ModelKey.Manifest("fashion-mnist", 1), manifest(1));
        put(new ModelKey.Manifest("fashion-mnist", 2), manifest(2));
        put(new ModelKey.Alias("fashion-mnist", "serving"), pin(1));

        assertThat(served()).contains(1);
    }

    @Test
    void shouldKnowThatTheNewestServesWhenThePinnedOneIsGone() {
        put(new ModelKey.Manifest("fashion-mnist", 1), manifest(1));
        put(new ModelKey.Manifest("fashion-mnist", 2), manifest(2));
        put(new ModelKey.Alias("fashion-mnist", "serving"), pin(9));

        assertThat(served()).contains(2);
    }

    @Test
    void shouldRetireAllButTheNewestAndThePinned() {
        for (int version = 1; version <= 5; version++) {
            put(new ModelKey.Manifest("fashion-mnist", version), manifest(version));
        }
        put(new ModelKey.Alias("fashion-mnist", "serving"), pin(2));

        PublishedVersions published = topic.result().of("fashion-mnist");

        assertThat(new Retention(2).surplus(published)).containsExactly(1, 3);
        assertThat(new Retention(5).surplus(published)).isEmpty();
    }

    @Test
    void shouldKeepTheVersionFromWhichWhatServesWasRefreshed() {
        put(new ModelKey.Manifest("fashion-mnist", 1), manifest(1));
        put(new ModelKey.Manifest("fashion-mnist", 2), manifest(2));
        put(new ModelKey.Manifest("fashion-mnist", 3), refreshed(3, "1"));
        put(new ModelKey.Manifest("fashion-mnist", 4), refreshed(4, "2"));
        put(new ModelKey.Manifest("fashion-mnist", 5), refreshed(5, "2"));

        assertThat(new Retention(2).surplus(published())).containsExactly(1, 3);
        put(new ModelKey.Alias("fashion-mnist", "serving"), pin(3));
        assertThat(new Retention(2).surplus(published())).containsExactly(2);
    }

    @Test
    void shouldKeepNothingForARootThatIsNoneOrIsGone() {
        put(new ModelKey.Manifest("fashion-mnist", 1), manifest(1));
        put(new ModelKey.Manifest("fashion-mnist", 2), refreshed(2, "the first"));
        assertThat(new Retention(1).surplus(published())).containsExactly(1);

        put(new ModelKey.Manifest("fashion-mnist", 3), refreshed(3, "99"));
        assertThat(new Retention(1).surplus(published())).containsExactly(1, 2);
    }

    private PublishedVersions published() {
        return topic.result().of("fashion-mnist");
    }

    private static byte[] refreshed(int version, String root) {
        return MANIFESTS.encode(ExampleModel.manifest(ARCHIVE)
                .setVersion(version)
                .setTraining(Map.of(Retention.ROOT, root))
                .build());
    }

    private Optional<Integer> served() {
        return topic.result().of("fashion-mnist").serving().map(ModelManifest::getVersion);
    }

    private static byte[] pin(int version) {
        return ALIASES.encode(new ModelAlias("fashion-mnist", "serving", version, Instant.EPOCH, "test", ""));
    }

    @Test
    void shouldGiveNoNumberTwiceWhenPublishingFails() {
        ModelPublisher publisher = publisher(upTo(6));
        producer.commitTransactionException = new KafkaException("no broker");

        assertThatExceptionOfType(KafkaException.class)
                .isThrownBy(() -> publisher.publish(ExampleModel.manifest(ARCHIVE), ARCHIVE));

        assertThat(producer.transactionAborted()).isTrue();
        assertThat(producer.history()).isEmpty();
        assertThatIllegalStateException()
                .isThrownBy(() -> publisher.publish(ExampleModel.manifest(ARCHIVE), ARCHIVE))
                .withMessage("publishing failed before; open another publisher");
    }

    @Test
    void shouldCountVersionsOnThatAreGone() {
        put(new ModelKey.Manifest("fashion-mnist", 3), manifest(3));
        put(new ModelKey.Manifest("fashion-mnist", 4), manifest(4));
        put(new ModelKey.Manifest("fashion-mnist", 4), null);
        put(new ModelKey.Chunk("fashion-mnist", 5, 0), null);
        put(new ModelKey.Manifest("other", 9), manifest(9));
        put(new ModelKey.Alias("fashion-mnist", "serving"), null);

        PublishedVersions published = topic.result().of("fashion-mnist");

        assertThat(published.highest()).isEqualTo(5);
        assertThat(published.newest()).map(ModelManifest::getVersion).contains(3);
    }

    @Test
    void shouldGiveNoNumberOfARetiredVersionAgainWhenItsRecordsAreCompactedAway() {
        put(new ModelKey.Manifest("fashion-mnist", 3), manifest(3));
        ModelAlias last = new ModelAlias("fashion-mnist", "last-version", 7, Instant.EPOCH, "test", "");
        put(new ModelKey.Alias("fashion-mnist", "last-version"), ALIASES.encode(last));

        PublishedVersions published = topic.result().of("fashion-mnist");

        assertThat(published.highest()).isEqualTo(7);
        assertThat(published.newest()).map(ModelManifest::getVersion).contains(3);
    }

    @Test
    void shouldSignWhatItPublishesWhenItHasAKey() throws Exception {
        SigningKey key = SigningKey.generate();
        ModelPublisher publisher =
                new KafkaModelPublisher("fashion-mnist", producer, false, Optional.of(key), () -> upTo(0));

        ModelManifest manifest = publisher.publish(ExampleModel.manifest(ARCHIVE), ARCHIVE);

        TrustedKeys.of(key.trustedKey()).require(manifest);
        assertThat(MANIFESTS.decode(producer.history().get(1).value())).isEqualTo(manifest);
    }

    @Test
    void shouldPassOverWhatItCannotRead() {
        put(new ModelKey.Manifest("fashion-mnist", 1), manifest(1));
        put(new ModelKey.Manifest("fashion-mnist", 2), new byte[] {1, 2, 3});
        add("no key of ours", new byte[0]);

        PublishedVersions published = topic.result().of("fashion-mnist");

        assertThat(published.highest()).isEqualTo(2);
        assertThat(published.newest()).map(ModelManifest::getVersion).contains(1);
    }

    @Test
    void shouldCountOnlyWhatATrustedKeySigned() {
        SigningKey key = SigningKey.generate();
        var trusting = new CatalogCollector(Optional.of(TrustedKeys.of(key.trustedKey())), WriterSchemas.NONE);
        ModelManifest genuine =
                key.sign(ExampleModel.manifest(ARCHIVE).setVersion(1).build());
        trusting.add(event("fashion-mnist/v000001", MANIFESTS.encode(genuine)));
        for (int version = 1; version <= 11; version++) {
            trusting.add(event(new ModelKey.Manifest("fashion-mnist", version).toString(), manifest(version)));
        }
        trusting.add(event("fashion-mnist/v000012", MANIFESTS.encode(genuine)));
        trusting.add(event("fashion-mnist/v000013", new byte[] {1, 2, 3}));

        PublishedVersions published = trusting.result().of("fashion-mnist");

        assertThat(published.serving()).as("forged over and after it").contains(genuine);
        assertThat(new Retention(1).surplus(published)).isEmpty();
        assertThat(published.highest()).as("a number that anybody used").isEqualTo(13);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fashion-mnist/v999999999", "fashion-mnist/v000010043/chunk-0000"})
    void shouldNotLetATombstoneUseUpTheNumbers(String key) {
        put(new ModelKey.Manifest("fashion-mnist", 41), manifest(41));
        put(new ModelKey.Manifest("fashion-mnist", 42), manifest(42));
        put(new ModelKey.Manifest("fashion-mnist", 42), null);
        ModelAlias last = new ModelAlias("fashion-mnist", "last-version", 999_999_998, Instant.EPOCH, "test", "");
        put(new ModelKey.Alias("fashion-mnist", "last-version"), ALIASES.encode(last));
        add(key, null);

        assertThat(topic.result().of("fashion-mnist").highest()).isEqualTo(42);
    }

    @Test
    void shouldPublishNothingAfterTheLastNumberThatEverybodyReads() {
        assertThat(publisher(upTo(999_999_998))
                        .publish(ExampleModel.manifest(ARCHIVE), ARCHIVE)
                        .getVersion())
                .isEqualTo(999_999_999);
        ModelPublisher publisher = publisher(upTo(999_999_999));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> publisher.publish(ExampleModel.manifest(ARCHIVE), ARCHIVE))
                .withMessage(
                        "v999999999 of fashion-mnist is on topic models, and there is no number after it; retire it by"
                                + " hemline models retire if it is nobody's, or choose another name");
    }

    @Test
    void shouldPassOverAManifestOfAnotherVersionThanItsKeySays() {
        put(new ModelKey.Manifest("fashion-mnist", 1), manifest(1));
        put(new ModelKey.Manifest("fashion-mnist", 2), manifest(7));

        assertThat(served()).contains(1);
    }

    @Test
    void shouldMeanTheNameThatWasSignedFirstWhenKeysAreGiven() {
        ModelManifest old = ExampleModel.manifest(ARCHIVE).setName("old").build();
        ModelManifest later = ExampleModel.manifest(ARCHIVE)
                .setName("later")
                .setCreatedAt(Instant.EPOCH.plusSeconds(1))
                .build();

        assertThat(ModelCatalog.meant(List.of(old, later), true)).contains("old");
        assertThat(ModelCatalog.meant(List.of(old, later), false)).contains("later");
        assertThat(ModelCatalog.meant(List.of(), true)).isEmpty();
    }

    @Test
    void shouldNotMakeANameSeemYoungerWhenItsFirstVersionsAreRetired() {
        // Given a name that is two days old, and another of one day, both signed
        SigningKey key = SigningKey.generate();
        Instant now = Instant.parse("2026-11-28T12:00:00Z");
        ModelManifest first = ExampleModel.manifest(ARCHIVE)
                .setCreatedAt(now.minus(Duration.ofDays(2)))
                .build();
        ModelManifest other = ExampleModel.manifest(ARCHIVE)
                .setName("other")
                .setCreatedAt(now.minus(Duration.ofDays(1)))
                .build();
        var versions = new TreeMap<>(Map.of(1, new PublishedVersion(first, Set.of())));
        ModelPublisher publisher = new KafkaModelPublisher(
                "fashion-mnist",
                producer,
                false,
                Optional.of(key),
                () -> new PublishedVersions("fashion-mnist", 1, versions, Map.of(), Optional.empty()));

        // When a version is added today, and the first one retired
        ModelManifest today = publisher.publish(ExampleModel.manifest(ARCHIVE).setCreatedAt(now), ARCHIVE);

        // Then it is the older name all the same
        assertThat(ModelCatalog.meant(List.of(today, other), true)).contains("fashion-mnist");
        assertThat(TrustedKeys.of(key.trustedKey()).signed(today)).isTrue();
    }

    @Test
    void shouldFollowPinsThatAreSignedAndLaterOnly() {
        // Given two versions, and keys
        SigningKey key = SigningKey.generate();
        var keyed = new CatalogCollector(Optional.of(TrustedKeys.of(key.trustedKey())), WriterSchemas.NONE);
        for (int version : List.of(1, 2, 3)) {
            ModelManifest manifest =
                    key.sign(ExampleModel.manifest(ARCHIVE).setVersion(version).build());
            keyed.add(event("fashion-mnist/v00000" + version, MANIFESTS.encode(manifest)));
        }

        // When pins come from a stranger, from who has the key, and the first of these once more
        keyed.add(event("fashion-mnist/alias/serving", pin(3)));
        keyed.add(signedPin(key, 1, 1));
        keyed.add(signedPin(key, 2, 2));
        keyed.add(signedPin(key, 1, 1));
        keyed.add(signedPin(SigningKey.generate(), 3, 3));
        keyed.add(event("fashion-mnist/alias/serving", null));

        // Then the last one of who has the key holds
        assertThat(keyed.result().of("fashion-mnist").pin().map(ModelAlias::getVersion))
                .contains(2);
        keyed.add(signedPin(key, 0, 4));
        assertThat(keyed.result().of("fashion-mnist").pin()).isEmpty();
        assertThat(keyed.result().of("fashion-mnist").serving().map(ModelManifest::getVersion))
                .contains(3);
    }

    private ConsumerRecord<byte[], byte[]> signedPin(SigningKey key, int version, long second) {
        String name = "fashion-mnist/alias/serving";
        var pin = new ModelAlias("fashion-mnist", "serving", version, Instant.ofEpochSecond(second), "test", "");
        var signed = key.sign(new ProducerRecord<>(Topics.MODELS.name(), name, ALIASES.encode(pin)));
        ConsumerRecord<byte[], byte[]> event = event(name, signed.value());
        signed.headers().forEach(header -> event.headers().add(header));
        return event;
    }

    private static PublishedVersions upTo(int highest) {
        return new PublishedVersions("fashion-mnist", highest, new TreeMap<>(), Map.of(), Optional.empty());
    }

    private ModelPublisher publisher(PublishedVersions published) {
        return publisher(published, false);
    }

    private ModelPublisher publisher(PublishedVersions published, boolean compresses) {
        return new KafkaModelPublisher("fashion-mnist", producer, compresses, Optional.empty(), () -> published);
    }

    private static byte[] manifest(int version) {
        return MANIFESTS.encode(
                ExampleModel.manifest(ARCHIVE).setVersion(version).build());
    }

    private void put(ModelKey key, byte @Nullable [] value) {
        add(key.toString(), value);
    }

    private void add(String key, byte @Nullable [] value) {
        topic.add(event(key, value));
    }

    private ConsumerRecord<byte[], byte[]> event(String key, byte @Nullable [] value) {
        return new ConsumerRecord<>(Topics.MODELS.name(), 0, offset++, key.getBytes(UTF_8), value);
    }
}
