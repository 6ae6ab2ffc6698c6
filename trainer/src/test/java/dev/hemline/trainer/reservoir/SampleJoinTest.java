package dev.hemline.trainer.reservoir;

import static dev.hemline.trainer.reservoir.TrafficSamples.NOON;
import static dev.hemline.trainer.reservoir.TrafficSamples.request;
import static dev.hemline.trainer.reservoir.TrafficSamples.sample;
import static dev.hemline.trainer.reservoir.TrafficSamples.truth;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.event.RequestReason;
import dev.hemline.event.Sample;
import java.nio.ByteBuffer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SampleJoinTest {
    private static final int MEGABYTE = 1 << 20;

    private final Reservoir reservoir = new Reservoir(1_000, 10);
    private final SampleJoin join = new SampleJoin(reservoir);

    @Test
    void shouldJoinASampleWithALabelThatComesLater() {
        join.sample(sample("a"));
        assertThat(reservoir.samples()).isEmpty();

        join.label(truth("a", 4), NOON.plusSeconds(7));

        assertThat(reservoir.samples())
                .singleElement()
                .returns("a", LabelledSample::id)
                .returns(4, LabelledSample::label)
                .returns("ann", LabelledSample::by)
                .returns(NOON.plusSeconds(7), LabelledSample::arrivedAt)
                .returns(null, LabelledSample::reason);
        assertThat(join.unlabelled(10)).isEmpty();
    }

    @Test
    void shouldJoinASampleWithTheLastOfTheLabelsThatCameBefore() {
        join.label(truth("a", 4, NOON.plusSeconds(2)), NOON.plusSeconds(3));
        join.label(truth("a", 5, NOON.plusSeconds(1)), NOON.plusSeconds(4));

        join.sample(sample("a"));

        assertThat(reservoir.samples())
                .singleElement()
                .returns(4, LabelledSample::label)
                .returns(NOON.plusSeconds(3), LabelledSample::arrivedAt);
    }

    @Test
    void shouldLabelAnewWhatIsLabelled() {
        join.sample(sample("a"));
        join.label(truth("a", 4), NOON);

        join.label(truth("a", 5, NOON.plusSeconds(1)), NOON.plusSeconds(1));

        assertThat(reservoir.samples()).singleElement().returns(5, LabelledSample::label);
    }

    @Test
    void shouldRememberWhyALabelWasAskedForWhicheverCameFirst() {
        join.sample(sample("a"));
        join.request(request("a", RequestReason.UNSURE));
        join.label(truth("a", 1), NOON);
        join.request(request("b", RequestReason.RANDOM));
        join.sample(sample("b"));
        join.label(truth("b", 1), NOON.plusSeconds(1));
        join.label(truth("c", 1), NOON.plusSeconds(2));
        join.request(request("c", RequestReason.DRIFTED));
        join.sample(sample("c"));

        assertThat(reservoir.samples())
                .extracting(LabelledSample::reason)
                .containsExactly(RequestReason.UNSURE, RequestReason.RANDOM, RequestReason.DRIFTED);
    }

    /** Records of several topics come in any order, above all while a feed catches up. */
    @Test
    void shouldRememberWhyALabelWasAskedForWhenThatIsReadLast() {
        join.sample(sample("a"));
        join.label(truth("a", 1), NOON);

        join.request(request("a", RequestReason.UNSURE));

        assertThat(reservoir.samples()).singleElement().returns(RequestReason.UNSURE, LabelledSample::reason);
    }

    @Test
    void shouldGiveTheNewestOfThoseThatNobodyAskedAbout() {
        join.sample(sample("a"));
        join.sample(sample("b"));
        join.sample(sample("c"));
        join.sample(sample("d"));
        join.request(request("c", RequestReason.RANDOM));
        join.label(truth("a", 1), NOON);

        assertThat(join.unlabelled(10)).extracting(Sample::getId).containsExactly("b", "d");
        assertThat(join.unlabelled(1)).extracting(Sample::getId).containsExactly("d");
    }

    @Test
    void shouldNotLetABusyStreamCrowdOutWhatWasAskedFor() {
        // Given a sample whose label is asked for, and another
        join.sample(sample("asked"));
        join.sample(sample("other"));
        join.request(request("asked", RequestReason.RANDOM));

        // When more samples come than there is room for
        ByteBuffer large = ByteBuffer.allocate(MEGABYTE);
        for (int i = 0; i < 70; i++) {
            join.sample(TrafficSamples.builder("later-" + i, 1, 0, NOON)
                    .setPixels(large)
                    .build());
        }
        join.label(truth("other", 1), NOON);
        join.label(truth("asked", 1), NOON);

        // Then what was asked for is there, and the other one is not
        assertThat(reservoir.samples()).extracting(LabelledSample::id).containsExactly("asked");
        assertThat(join.unlabelled(100)).hasSizeLessThan(64);
    }

    @Test
    void shouldCountWhoLabelsPicturesThatAreNotKnown() {
        join.label(truth("nowhere-1", 1), NOON);
        join.label(truth("nowhere-2", 1), NOON.plusSeconds(9));
        join.label(truth("a", 1), NOON);
        join.sample(sample("a"));

        assertThat(join.unmatched(NOON.plusSeconds(9))).isEqualTo(Map.of("ann", 1));
        assertThat(join.unmatched(NOON.plusSeconds(10))).isEqualTo(Map.of("ann", 2));
    }

    @Test
    void shouldTakeNoLabelOfAClassThatTheModelDoesNotKnow() {
        join.sample(sample("a"));
        join.sample(sample("b"));

        join.label(truth("a", 10), NOON);
        join.label(truth("b", 9), NOON);

        assertThat(reservoir.samples()).extracting(LabelledSample::id).containsExactly("b");
    }

    @Test
    void shouldLabelNothingAnewByAClassThatTheModelDoesNotKnow() {
        join.sample(sample("a"));
        join.label(truth("a", 4), NOON);

        join.label(truth("a", 10, NOON.plusSeconds(1)), NOON.plusSeconds(1));

        assertThat(reservoir.samples()).singleElement().returns(4, LabelledSample::label);
    }
}
