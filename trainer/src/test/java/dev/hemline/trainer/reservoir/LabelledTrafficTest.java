package dev.hemline.trainer.reservoir;

import static dev.hemline.trainer.reservoir.TrafficSamples.NOON;
import static dev.hemline.trainer.reservoir.TrafficSamples.labelled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.event.Sample;
import dev.hemline.fashionmnist.FashionMnistFixture;
import dev.hemline.fashionmnist.LabelledImages;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabelledTrafficTest {
    private static final LabelledImages IMAGES = FashionMnistFixture.load().test();

    @Test
    void shouldTakeEachSampleForLearningOrForValidation() {
        List<LabelledSample> samples = IntStream.range(0, 100)
                .mapToObj(i -> labelled("event-" + i, i % 10, NOON))
                .toList();

        LabelledTraffic traffic = LabelledTraffic.of(samples, List.of(), IMAGES);

        assertThat(traffic.learnt().size() + traffic.heldOut().size()).isEqualTo(100);
        assertThat(traffic.heldOut().size())
                .isEqualTo(
                        (int) samples.stream().filter(LabelledSample::isHeldOut).count())
                .isBetween(10, 35);
        assertThat(traffic.recent().size()).isZero();
    }

    @Test
    void shouldHaveThePicturesAndWhatTheyShow() {
        List<LabelledSample> samples =
                IntStream.range(0, IMAGES.size()).mapToObj(this::real).toList();

        LabelledTraffic traffic = LabelledTraffic.of(
                samples, samples.stream().map(LabelledSample::sample).toList(), IMAGES);

        int learnt = 0;
        int heldOut = 0;
        for (int i = 0; i < IMAGES.size(); i++) {
            boolean out = samples.get(i).isHeldOut();
            LabelledImages images = out ? traffic.heldOut() : traffic.learnt();
            int place = out ? heldOut++ : learnt++;
            assertThat(images.image(place)).isEqualTo(IMAGES.image(i));
            assertThat(images.label(place)).isEqualTo(IMAGES.label(i));
            assertThat(traffic.recent().image(i)).isEqualTo(IMAGES.image(i));
            assertThat(traffic.recent().label(i)).isZero();
        }
        assertThat(traffic.learnt().classNames()).isEqualTo(IMAGES.classNames());
    }

    private LabelledSample real(int place) {
        String id = "event-" + place;
        Sample sample = TrafficSamples.builder(id, 1, 0, NOON)
                .setPixels(ByteBuffer.wrap(IMAGES.image(place)))
                .build();
        return labelled(sample, IMAGES.label(place));
    }

    @Test
    void shouldLeaveOutWhatIsOfAnotherSizeOrOfOtherClasses() {
        List<Sample> strange = List.of(
                TrafficSamples.builder("coloured", 1, 0, NOON)
                        .setChannels(3)
                        .setPixels(ByteBuffer.allocate(3 * 784))
                        .build(),
                TrafficSamples.builder("wide", 1, 0, NOON).setWidth(29).build(),
                TrafficSamples.builder("flat", 1, 0, NOON).setHeight(27).build(),
                TrafficSamples.builder("short", 1, 0, NOON)
                        .setPixels(ByteBuffer.allocate(783))
                        .build(),
                TrafficSamples.builder("classes", 1, 0, NOON)
                        .setProbabilities(List.of(0.5f, 0.5f))
                        .build());
        List<LabelledSample> labelled =
                strange.stream().map(sample -> labelled(sample, 1)).toList();

        LabelledTraffic traffic = LabelledTraffic.of(labelled, strange, IMAGES);

        assertThat(traffic.samples()).isEmpty();
        assertThat(traffic.learnt().size() + traffic.heldOut().size()).isZero();
        assertThat(traffic.recent().size()).isZero();
    }

    @Test
    void shouldLeaveOutALabelThatIsNoClass() {
        List<LabelledSample> labelled = List.of(labelled("a", 10, NOON), labelled("b", 9, NOON));

        assertThat(LabelledTraffic.of(labelled, List.of(), IMAGES).samples())
                .extracting(LabelledSample::id)
                .containsExactly("b");
    }
}
