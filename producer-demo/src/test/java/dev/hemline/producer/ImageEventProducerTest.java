package dev.hemline.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hemline.event.GroundTruth;
import dev.hemline.service.UserError;
import dev.hemline.topic.EventSerde;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class ImageEventProducerTest {

    private final FakeTicker ticker = new FakeTicker();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private final List<String> asked = new ArrayList<>();
    private final Set<String> told = new HashSet<>();
    private long askedAt;

    /** Kafka's own stand-in for a broker. */
    private MockProducer<String, byte[]> kafka = kafka(true);

    @Test
    void shouldSendAsManyAsAskedForAndCountThem() {
        ImageEventProducer producer = producer(Fixture.withCount(250));

        Summary summary = producer.run(ImageEventProducerTest::never);

        assertThat(summary.images()).isEqualTo(250);
        assertThat(producer.sent()).isEqualTo(250);
        assertThat(kafka.history()).hasSize(250).allSatisfy(record -> {
            assertThat(record.topic()).isEqualTo("image-events");
            assertThat(record.key()).startsWith("test-");
        });
        assertThat(registry.get("hemline.producer.events")
                        .tag("kind", "image")
                        .counter()
                        .count())
                .isEqualTo(250);
        assertThat(kafka.closed()).isTrue();
    }

    @Test
    void shouldCountBadEventsApart() {
        Summary summary = producer(Fixture.withBadRatio(0.5, 1)).run(ImageEventProducerTest::never);

        assertThat(summary.sent()).isEqualTo(100);
        assertThat(summary.bad()).isBetween(30L, 70L);
        assertThat(summary.images()).isEqualTo(100 - summary.bad());
    }

    @Test
    void shouldKeepTheRate() {
        Summary summary = producer(Fixture.withRate(200, 1_001)).run(ImageEventProducerTest::never);

        assertThat(summary.elapsed()).isEqualTo(Duration.ofSeconds(5));
        assertThat(summary.rate()).isEqualTo(200);
        assertThat(summary).hasToString("sent 1,001 events in 5.0 s (200.0/s): 1,001 images, 0 bad; 0 late labels");
    }

    @Test
    void shouldStopWhenAsked() {
        ImageEventProducer producer = producer(Fixture.withRate(100, 0));
        ticker.whileAsleep(() -> {
            if (kafka.history().size() >= 20) {
                producer.stop();
            }
        });

        assertThat(producer.run(ImageEventProducerTest::never).sent()).isEqualTo(20);
    }

    @Test
    void shouldStopWhenItsThreadIsInterrupted() {
        ImageEventProducer producer = producer(Fixture.withRate(100, 0));
        ticker.whileAsleep(() -> Thread.currentThread().interrupt());

        assertThat(producer.run(ImageEventProducerTest::never).sent()).isEqualTo(1);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void shouldTellTheTruthAsLateAsAskedForAndWaitForTheLastOne() {
        long start = ticker.nanoTime();

        Summary summary = producer(Fixture.withLabels("late:30")).run(ImageEventProducerTest::never);

        assertThat(summary.labels()).isEqualTo(10);
        assertThat(Duration.ofNanos(ticker.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(30));
        assertThat(sentTo("ground-truth"))
                .extracting(ProducerRecord::key)
                .isEqualTo(
                        sentTo("image-events").stream().map(ProducerRecord::key).toList());
        GroundTruth truth = EventSerde.of(GroundTruth.class)
                .decode(sentTo("ground-truth").get(0).value());
        assertThat(truth.getId()).isEqualTo(sentTo("ground-truth").get(0).key());
        assertThat(truth.getBy()).isEqualTo("test");
    }

    @Test
    void shouldTellTheTruthInBetweenWhenItIsDueBeforeTheNextEvent() {
        producer(Fixture.withLabels("late:0.004")).run(ImageEventProducerTest::never);

        assertThat(kafka.history())
                .extracting(ProducerRecord::topic)
                .startsWith("image-events", "ground-truth", "image-events", "ground-truth");
    }

    @Test
    void shouldTellThePendingTruthAtOnceWhenStopped() {
        long start = ticker.nanoTime();

        Summary summary = producer(Fixture.withLabels("late:3600"))
                .run(() -> sentTo("image-events").size() == 10);

        assertThat(summary.labels()).isEqualTo(10);
        assertThat(Duration.ofNanos(ticker.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void shouldEndWithAReasonWhenKafkaRefusesAnEvent() {
        kafka = kafka(false);
        ImageEventProducer producer = producer(Fixture.withRate(100, 0));
        ticker.whileAsleep(() -> kafka.errorNext(new RecordTooLargeException("larger than the broker takes")));

        assertThatThrownBy(() -> producer.run(ImageEventProducerTest::never))
                .isInstanceOf(UserError.class)
                .hasMessageMatching("Event test-\\S+-000000000001 could not be sent to topic image-events: larger than"
                        + " the broker takes \\(1 events failed, 0 were acknowledged\\)");
        assertThat(registry.get("hemline.producer.failures")
                        .tag("kind", "image")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(kafka.closed()).isTrue();
    }

    @Test
    void shouldTryAgainAndLoseNothingWhileKafkaTakesNoEvents() {
        // Given
        BrokerOutage outage = new BrokerOutage(Duration.ofSeconds(20));
        kafka = outage;

        // When
        Summary summary = producer(Fixture.withCount(30)).run(ImageEventProducerTest::never);

        // Then
        assertThat(summary.sent()).isEqualTo(30);
        assertThat(outage.refused).isEqualTo(10);
        assertThat(kafka.history()).extracting(ProducerRecord::key).isSorted().doesNotHaveDuplicates();
        assertThat(registry.get("hemline.producer.failures").counters())
                .allSatisfy(failures -> assertThat(failures.count()).isZero());
    }

    @Test
    void shouldGiveUpWhenKafkaTakesNoEventsForAMinute() {
        kafka = new BrokerOutage(Duration.ofHours(1));

        assertThatThrownBy(() -> producer(Fixture.withCount(30)).run(ImageEventProducerTest::never))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("could not be sent to topic image-events: the buffer is full")
                .hasMessageEndingWith("(1 events failed, 0 were acknowledged)");
    }

    @Test
    void shouldStopWaitingForKafkaWhenAsked() {
        kafka = new BrokerOutage(Duration.ofHours(1));
        long start = ticker.nanoTime();

        assertThatThrownBy(() -> producer(Fixture.withCount(30))
                        .run(() -> ticker.nanoTime() - start
                                > Duration.ofSeconds(9).toNanos()))
                .isInstanceOf(UserError.class);
        assertThat(Duration.ofNanos(ticker.nanoTime() - start)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void shouldSayWhenTheTopicCannotBeReached() {
        kafka.partitionsForException = new AuthorizationException("Topic image-events not ours");

        assertThatThrownBy(() -> producer(Fixture.SETTINGS).run(ImageEventProducerTest::never))
                .isInstanceOf(UserError.class)
                .hasMessage("Topic image-events cannot be reached: Topic image-events not ours");
    }

    @Test
    void shouldBeReadyOnceAnEventHasArrived() {
        ImageEventProducer producer = producer(Fixture.withCount(1));
        assertThat(producer.reasonNotReady()).contains("no event has reached Kafka yet");

        producer.run(ImageEventProducerTest::never);

        assertThat(producer.reasonNotReady()).isEmpty();
    }

    @Test
    void shouldAnswerWhatIsAskedForAsLateAsAPersonWouldAndNothingElse() {
        ticker.whileAsleep(() -> {
            if (kafka.history().size() == 5 && asked.isEmpty()) {
                asked.addAll(List.of(kafka.history().get(1).key(), "somebody-elses-000000000001", "short"));
                askedAt = ticker.nanoTime();
            }
        });

        Summary summary = producer(Fixture.withLabels("requested:3")).run(ImageEventProducerTest::never);

        assertThat(summary.labels()).isEqualTo(1);
        GroundTruth truth = EventSerde.of(GroundTruth.class)
                .decode(sentTo("ground-truth").get(0).value());
        assertThat(truth.getId()).isEqualTo(kafka.history().get(1).key());
        assertThat(Duration.ofNanos(ticker.nanoTime() - askedAt)).isGreaterThan(Duration.ofSeconds(60));
    }

    @Test
    void shouldSayTheClassAfterTheRightOneWhereItIsMistaken() {
        List<Integer> sent = new ArrayList<>();
        ticker.whileAsleep(() -> {
            if (kafka.history().size() == 5 && asked.isEmpty()) {
                asked.add(kafka.history().get(1).key());
            }
        });

        producer(Fixture.withLabels("requested:3:1"))
                .telling((id, label) -> sent.add(label))
                .run(ImageEventProducerTest::never);

        GroundTruth truth = EventSerde.of(GroundTruth.class)
                .decode(sentTo("ground-truth").get(0).value());
        assertThat(sent).hasSize(10);
        assertThat(truth.getLabel()).isEqualTo((sent.get(1) + 1) % 10);
    }

    private List<String> requests() {
        return asked.stream().filter(told::add).toList();
    }

    private static boolean never() {
        return false;
    }

    private List<ProducerRecord<String, byte[]>> sentTo(String topic) {
        return kafka.history().stream()
                .filter(record -> record.topic().equals(topic))
                .toList();
    }

    private ImageEventProducer producer(ProducerSettings settings) {
        return new ImageEventProducer(
                settings,
                Fixture.IMAGES,
                () -> kafka,
                group -> new MockConsumer<>("earliest"),
                () -> new RequestedLabels(this::requests),
                registry,
                ticker,
                Clock.systemUTC());
    }

    private static MockProducer<String, byte[]> kafka(boolean acknowledgesAtOnce) {
        return new MockProducer<>(acknowledgesAtOnce, null, new StringSerializer(), new ByteArraySerializer());
    }

    /** Refuses every record for a while as a client does whose buffer is full: after blocking for two seconds. */
    private final class BrokerOutage extends MockProducer<String, byte[]> {

        private final long end;
        private int refused;

        BrokerOutage(Duration length) {
            super(true, null, new StringSerializer(), new ByteArraySerializer());
            end = ticker.nanoTime() + length.toNanos();
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<String, byte[]> record, Callback callback) {
            if (ticker.nanoTime() >= end) {
                return super.send(record, callback);
            }
            refused++;
            ticker.passMillis(2_000);
            TimeoutException reason = new TimeoutException("the buffer is full");
            callback.onCompletion(null, reason);
            return CompletableFuture.failedFuture(reason);
        }
    }
}
