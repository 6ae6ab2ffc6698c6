package dev.hemline.quickstart.demo.live;

import static dev.hemline.testbed.TestEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.event.Classification;
import dev.hemline.event.GroundTruth;
import dev.hemline.quickstart.demo.live.LiveStatus.Accuracy;
import dev.hemline.quickstart.demo.live.LiveStatus.Quantiles;
import dev.hemline.testbed.TestEvents;
import dev.hemline.topic.EventChecks;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LiveViewTest {
    private final LiveView view = new LiveView();

    @Test
    void shouldCountWhatIsWaiting() {
        event("a", 9);
        event("b", 9);
        event("c", 9);
        view.event(Optional.empty());
        result("a", 1, NOON);
        view.reject("undecodable-event");

        LiveStatus status = view.status(NOON);

        assertThat(status.sent()).isEqualTo(4);
        assertThat(status.classified()).isEqualTo(1);
        assertThat(status.rejected()).isEqualTo(1);
        assertThat(status.waiting()).isEqualTo(2);
    }

    @Test
    void shouldKeepNothingOfWhatNoProgramSends() {
        String endless = "x".repeat(EventChecks.MAX_NAME_CHARS + 1);
        event(endless, 9);
        view.truth(new GroundTruth(endless, 9, NOON, "a stranger"));
        result(endless, 1, NOON);
        view.reject(endless);

        LiveStatus status = view.status(NOON);

        assertThat(status.recentAccuracy().known()).isZero();
        assertThat(status.classified()).isZero();
        assertThat(status.rejects()).containsOnlyKeys("other");
    }

    @Test
    void shouldScoreEachVersionAndTheLastThousand() {
        for (int i = 0; i < 1500; i++) {
            boolean right = i >= 500;
            event("e" + i, right ? 9 : 0);
            result("e" + i, right ? 2 : 1, NOON.plusMillis(i));
        }

        LiveStatus status = view.status(NOON);

        assertThat(status.recentAccuracy()).isEqualTo(new Accuracy(1000, 1000));
        assertThat(status.accuracyPerVersion())
                .containsEntry(1, new Accuracy(500, 0))
                .containsEntry(2, new Accuracy(1000, 1000));
    }

    @Test
    void shouldScoreAResultWhoseTruthComesLate() {
        view.event(Optional.of(TestEvents.image("a").build()));
        result("a", 1, NOON);
        assertThat(view.status(NOON).recentAccuracy().known()).isZero();

        view.truth(GroundTruth.newBuilder()
                .setId("a")
                .setLabel(9)
                .setLabelledAt(NOON)
                .setBy("test")
                .build());

        assertThat(view.status(NOON).recentAccuracy()).isEqualTo(new Accuracy(1, 1));
    }

    @Test
    void shouldAnnounceEachSwapOnce() {
        result("a", 1, NOON);
        result("b", 1, NOON.plusMillis(10));
        result("c", 2, NOON.plusMillis(20));

        assertThat(view.takeSwaps()).extracting(swap -> swap.after().version()).containsExactly(1, 2);
        assertThat(view.takeSwaps()).isEmpty();
    }

    @Test
    void shouldNotTakeAResultThatIsReadLateForASwapBack() {
        result("a", 1, NOON);
        result("b", 2, NOON.plusMillis(20));
        result("of-another-partition", 1, NOON.plusMillis(10));

        assertThat(view.takeSwaps()).extracting(swap -> swap.after().version()).containsExactly(1, 2);
        assertThat(view.status(NOON).serving())
                .hasValueSatisfying(serving -> assertThat(serving.version()).isEqualTo(2));
    }

    @Test
    void shouldMeasureLatencyOnceThereIsAModel() {
        view.result(captured("waited-for-training", NOON.minusSeconds(30)), NOON);
        view.result(captured("a", NOON.plusMillis(100)), NOON.plusMillis(140));

        assertThat(view.status(NOON).latency()).contains(new Quantiles(40, 40));
        assertThat(view.history().firstResult()).contains(NOON);
    }

    private void event(String id, int label) {
        view.event(Optional.of(TestEvents.image(id).setLabel(label).build()));
    }

    private void result(String id, int version, Instant classifiedAt) {
        Classification result =
                ofTenClasses(id, version).setClassifiedAt(classifiedAt).build();
        view.result(result, classifiedAt);
    }

    private static Classification captured(String id, Instant at) {
        return ofTenClasses(id, 1).setCapturedAt(at).build();
    }

    private static Classification.Builder ofTenClasses(String id, int version) {
        return TestEvents.classification(id, version)
                .setProbabilities(List.of(0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f, 0.125f, 0.875f));
    }
}
