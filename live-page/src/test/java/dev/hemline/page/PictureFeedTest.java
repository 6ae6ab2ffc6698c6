package dev.hemline.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.event.Classification;
import dev.hemline.event.GroundTruth;
import dev.hemline.event.ImageEvent;
import dev.hemline.event.ImageFormat;
import dev.hemline.quality.score.LabelNames;
import dev.hemline.service.KafkaSettings;
import dev.hemline.topic.EventFormats;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.junit.jupiter.api.Test;

/** What strangers wrote, as it comes to the page. */
class PictureFeedTest {
    private static final String LONG = "x".repeat(1_025);

    private final PictureFeed feed = new PictureFeed(
            new PageSources(
                    KafkaSettings.of("localhost:1"),
                    EventFormats.DEFAULT,
                    new InstanceFigures(new SimpleMeterRegistry()),
                    LivePageTest.NO_MODELS,
                    Optional::empty,
                    new LabelNames(() -> {
                        throw new InvalidStateStoreException("not yet");
                    }),
                    Optional::empty,
                    List::of,
                    List::of),
            new SseBroadcaster(1, 1));

    private void sampled(String id) {
        feed.sampled(ImageEvent.newBuilder()
                .setId(id)
                .setSource("test")
                .setCapturedAt(PageEvents.NOON)
                .setFormat(ImageFormat.PNG)
                .setWidth(0)
                .setHeight(0)
                .setContent(ByteBuffer.allocate(0))
                .build());
    }

    @Test
    void shouldKeepNothingOfWhatNobodyOfOursWrote() {
        Classification good = PageEvents.result("a", 20);
        for (Classification odd : List.of(
                Classification.newBuilder(good).setModelName("Odd Name").build(),
                Classification.newBuilder(good).setModelName("").build(),
                Classification.newBuilder(good).setModelVersion(0).build(),
                Classification.newBuilder(good).setLabel(-5).build(),
                Classification.newBuilder(good).setProbabilities(List.of()).build())) {
            feed.classified(odd);
        }
        feed.labelled(new GroundTruth("a", -5, PageEvents.NOON, ""));
        feed.labelled(new GroundTruth(LONG, 1, PageEvents.NOON, ""));
        feed.rejected(LONG, "reason", "message");
        sampled(LONG);
        sampled("a");

        assertThat(feed.past()).hasSize(1);
        assertThat(feed.past().get(0).toString()).contains("\"id\":\"a\"").contains("\"answer\":null,\"label\":null");
    }

    @Test
    void shouldCutTextsThatAreLongerThanAnybodyReads() {
        sampled("a");
        Classification named = Classification.newBuilder(PageEvents.result("a", 20))
                .setLabelName("n".repeat(500_000))
                .setCapturedAt(Instant.ofEpochMilli(Long.MIN_VALUE))
                .build();

        feed.classified(named);
        assertThat(feed.past().get(0).toString()).hasSizeLessThan(1_000);

        feed.rejected("a", "r".repeat(500_000), "m".repeat(500_000));
        assertThat(feed.past().get(0).toString()).hasSizeLessThan(1_000);
    }
}
