package dev.hemline.quality.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.event.LabelRequest;
import dev.hemline.event.RequestReason;
import dev.hemline.event.Score;
import dev.hemline.topic.EventSerde;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RequestLedgerTest {
    private static final int RIGHT = 1;
    private static final int WRONG = 2;

    private final KeyValueStore<String, RequestTally> tallies = store("tallies", RequestTally.SERDE);
    private final RequestLedger ledger = new RequestLedger(
            store("requests", EventSerde.of(LabelRequest.class)),
            tallies,
            Duration.ofHours(24).toMillis(),
            new Nobody());

    private static <V> KeyValueStore<String, V> store(String name, Serde<V> values) {
        KeyValueStore<String, V> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(name), Serdes.String(), values)
                .withLoggingDisabled()
                .build();
        store.init(new MockProcessorContext<>().getStateStoreContext(), store);
        return store;
    }

    @Test
    void shouldCountWhatIsDrawnByLotThoughItWasAskedForBecauseTheModelWasUnsure() {
        assertThat(ledger.ask(request(RequestReason.UNSURE))).isTrue();
        assertThat(ledger.scored(score(WRONG, null))).isTrue();
        assertThat(tally()).isEqualTo(RequestTally.NONE);

        assertThat(ledger.ask(request(RequestReason.RANDOM)))
                .as("its label is there")
                .isFalse();

        assertThat(tally()).isEqualTo(RequestTally.NONE.plus(0.5, false));
    }

    @Test
    void shouldCountTheLabelThatComesAfterItWasDrawnToo() {
        assertThat(ledger.ask(request(RequestReason.UNSURE))).isTrue();
        assertThat(ledger.ask(request(RequestReason.RANDOM))).isTrue();
        assertThat(ledger.ask(request(RequestReason.UNSURE))).isFalse();

        ledger.scored(score(RIGHT, null));

        assertThat(tally()).isEqualTo(RequestTally.NONE.plus(0.5, true));
    }

    @Test
    void shouldCountALabelOnceThatWasCorrectedBeforeItWasDrawn() {
        // Another one has been counted before.
        ledger.ask(request("other", RequestReason.RANDOM));
        ledger.scored(score("other", RIGHT, null));
        ledger.scored(score(WRONG, null));
        ledger.scored(score(RIGHT, WRONG));

        ledger.ask(request(RequestReason.RANDOM));

        assertThat(tally()).isEqualTo(RequestTally.NONE.plus(0.5, true).plus(0.5, true));
    }

    @Test
    void shouldCorrectWhatItCounted() {
        ledger.ask(request(RequestReason.RANDOM));
        ledger.scored(score(WRONG, null));
        ledger.scored(score(RIGHT, WRONG));

        assertThat(tally()).isEqualTo(RequestTally.NONE.plus(0.5, true));
    }

    private RequestTally tally() {
        RequestTally found = tallies.get("clothes/v000012");
        return found == null ? RequestTally.NONE : found;
    }

    private static LabelRequest request(RequestReason reason) {
        return request("a", reason);
    }

    private static LabelRequest request(String id, RequestReason reason) {
        return LabelRequest.newBuilder()
                .setId(id)
                .setSource("test")
                .setReason(reason)
                .setInclusionProbability(reason == RequestReason.RANDOM ? 0.5 : null)
                .setModelName("clothes")
                .setModelVersion(12)
                .setClasses(3)
                .setPredicted(RIGHT)
                .setMargin(0.1f)
                .setSamplePartition(0)
                .setSampleOffset(0L)
                .setRequestedAt(Instant.EPOCH)
                .build();
    }

    private static Score score(int actual, @Nullable Integer replaces) {
        return score("a", actual, replaces);
    }

    private static Score score(String id, int actual, @Nullable Integer replaces) {
        return new Score(id, "clothes", 12, RIGHT, actual, 0.9f, 5L, replaces, "test", "it");
    }

    private static final class Nobody implements RequestListener {
        @Override
        public void asked(RequestReason reason) {}

        @Override
        public void answered(RequestReason reason) {}

        @Override
        public void passedOver(String topic, String why) {}
    }
}
