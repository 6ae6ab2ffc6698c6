package dev.hemline.quality.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.event.Episode;
import dev.hemline.event.EpisodeState;
import dev.hemline.event.EpisodeStep;
import dev.hemline.event.EpisodeStepKind;
import dev.hemline.event.LabelRequest;
import dev.hemline.event.RequestReason;
import dev.hemline.event.Sample;
import dev.hemline.event.Score;
import dev.hemline.topic.EventFormats;
import dev.hemline.topic.Topic;
import dev.hemline.topic.Topics;
import dev.hemline.topic.WriterSchemas;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestTopologyTest {
    private static final String VERSION = "clothes/v000012";

    private final List<String> heard = new ArrayList<>();
    private final RequestListener listener = new RequestListener() {
        @Override
        public void asked(RequestReason reason) {
            heard.add("asked " + reason);
        }

        @Override
        public void answered(RequestReason reason) {
            heard.add("answered " + reason);
        }

        @Override
        public void passedOver(String topic, String why) {
            heard.add("passed over of " + topic + ": " + why);
        }
    };
    private final List<Episode> episodes = new ArrayList<>();
    private final Topology topology = RequestTopology.build(
            new RequestPlan(8, 4, Duration.ofHours(1), sample -> false, sample -> OpenEpisodes.of(episodes, sample)),
            listener,
            EventFormats.DEFAULT,
            WriterSchemas.NONE);
    private final TopologyTestDriver driver = new TopologyTestDriver(topology, settings(), Instant.ofEpochSecond(1));
    private final TestOutputTopic<String, LabelRequest> requests = driver.createOutputTopic(
            Topics.LABEL_REQUESTS.name(),
            Topics.LABEL_REQUESTS.keySerde().deserializer(),
            Topics.LABEL_REQUESTS.valueSerde().deserializer());

    private static Properties settings() {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        return settings;
    }

    @AfterEach
    void close() {
        driver.close();
    }

    private <V extends SpecificRecord> void pipe(Topic<String, V> topic, String id, V value) {
        pipe(topic, id, topic.valueSerde().serializer().serialize(topic.name(), value));
    }

    private void pipe(Topic<?, ?> topic, String id, byte[] value) {
        driver.createInputTopic(topic.name(), new StringSerializer(), new ByteArraySerializer())
                .pipeInput(id, value);
    }

    private void sample(String id, float second) {
        pipe(Topics.SAMPLES, id, Samples.of(id, second));
    }

    private void score(String id, int actual, @Nullable Integer replaces) {
        pipe(Topics.SCORES, id, new Score(id, "clothes", 12, 1, actual, 0.9f, 5L, replaces, "test", "it"));
    }

    private List<LabelRequest> askedAfter(Duration time) {
        driver.advanceWallClockTime(time);
        return requests.readValuesToList();
    }

    private RequestTally tally() {
        RequestTally found = driver.<String, RequestTally>getKeyValueStore(RequestTopology.TALLIES)
                .get(VERSION);
        return found == null ? RequestTally.NONE : found;
    }

    @Test
    void shouldChangeOnlyOnPurpose() throws Exception {
        try (InputStream expected = getClass().getResourceAsStream("topology.txt")) {
            assertThat(topology.describe().toString())
                    .isEqualToNormalizingNewlines(new String(expected.readAllBytes(), UTF_8));
        }
    }

    @Test
    void shouldAskForOneByLotAndOneThatTheModelIsUnsureOf() {
        for (int i = 0; i < 10; i++) {
            sample("a-" + i, 0.02f * i);
        }

        List<LabelRequest> asked = askedAfter(Duration.ofMinutes(1));

        assertThat(asked).hasSize(2);
        assertThat(asked.get(0).getReason()).isEqualTo(RequestReason.RANDOM);
        assertThat(asked.get(0).getInclusionProbability()).isEqualTo(0.5 / 10);
        assertThat(asked.get(1).getReason()).isEqualTo(RequestReason.UNSURE);
        assertThat(heard).containsExactly("asked RANDOM", "asked UNSURE");
    }

    @Test
    void shouldTakeARequestBackWhenItsLabelHasComeAndCountTheLabel() {
        sample("a", 0.1f);
        askedAfter(Duration.ofMinutes(1));

        score("a", 1, null);

        assertThat(requests.readKeyValue()).isEqualTo(KeyValue.pair("a", null));
        assertThat(tally()).isEqualTo(new RequestTally(1, 2, 4, 2));
        assertThat(heard).contains("answered RANDOM");
    }

    @Test
    void shouldCountALabelThatTurnsOutOtherwiseOnce() {
        sample("a", 0.1f);
        askedAfter(Duration.ofMinutes(1));
        score("a", 1, null);

        score("a", 0, 1);

        assertThat(tally()).isEqualTo(new RequestTally(1, 2, 4, 0));
    }

    @Test
    void shouldAskNobodyForALabelThatIsThereAlreadyAndCountItAllTheSame() {
        score("a", 0, null);
        sample("a", 0.1f);

        assertThat(askedAfter(Duration.ofMinutes(1))).isEmpty();
        assertThat(tally().labels()).isEqualTo(1);
    }

    @Test
    void shouldLeaveLabelsThatComeByThemselvesOutOfTheEstimate() {
        score("somebody-else", 1, null);

        assertThat(tally()).isEqualTo(RequestTally.NONE);
        assertThat(requests.isEmpty()).isTrue();
    }

    @Test
    void shouldTakeARequestBackThatNobodyAnswered() {
        sample("a", 0.1f);
        askedAfter(Duration.ofMinutes(1));

        driver.advanceWallClockTime(Duration.ofMinutes(61));

        assertThat(requests.readKeyValue()).isEqualTo(KeyValue.pair("a", null));
        score("a", 1, null);
        assertThat(tally().labels()).isZero();
    }

    @Test
    void shouldPassOverWhatIsNoSampleAndNoScore() {
        pipe(Topics.SAMPLES, "a", new byte[] {1, 2, 3});
        pipe(Topics.SCORES, "a", new byte[] {1, 2, 3});
        pipe(Topics.SCORES, "a", new Score("a", "No model!", 12, 1, 1, 0.9f, 5L, null, "test", "it"));
        pipe(Topics.SAMPLES, "a", Samples.of("", 0.1f));

        assertThat(askedAfter(Duration.ofMinutes(1))).isEmpty();
        assertThat(heard).hasSize(4).allMatch(line -> line.startsWith("passed over of "));
    }

    @Test
    void shouldAskForItsPartOfWhatAnEpisodeWantsAndForNoMoreEver() {
        episodes.add(Episodes.labelling("e-1", 8));
        for (int i = 0; i < 10; i++) {
            sample("a-" + i, 0.1f);
        }

        List<LabelRequest> asked = askedAfter(Duration.ofSeconds(2));
        sample("b", 0.1f);

        assertThat(asked).hasSize(2).allSatisfy(one -> {
            assertThat(one.getEpisode()).isEqualTo("e-1");
            assertThat(one.getReason()).isEqualTo(RequestReason.DRIFTED);
        });
        assertThat(askedAfter(Duration.ofSeconds(2))).isEmpty();
    }

    @Test
    void shouldAskForNothingOfBeforeTheStepThatWantsMore() {
        // Given an episode that has what it wants, and pictures of now
        Episode labelling = Episodes.labelling("e-1", 4);
        episodes.add(labelling);
        sample("a", 0.1f);
        sample("b", 0.1f);
        assertThat(askedAfter(Duration.ofSeconds(2))).hasSize(1);
        for (int i = 0; i < 10; i++) {
            sample("before-" + i, 0.1f);
        }

        // When it takes a step, and wants more
        episodes.set(0, Episode.newBuilder(labelling).setLabelsWanted(12).build());
        sample("after-1", 0.1f);
        sample("after-2", 0.1f);

        // Then those are of pictures from then on
        assertThat(askedAfter(Duration.ofSeconds(2)))
                .extracting(LabelRequest::getId)
                .containsExactlyInAnyOrder("after-1", "after-2");
    }

    @Test
    void shouldAskForNothingThatAChallengerCannotHaveAnswered() {
        Instant begun = Instant.ofEpochSecond(10);
        episodes.add(Episode.newBuilder(Episodes.labelling("e-1", 8))
                .setState(EpisodeState.PROVING)
                .setSteps(List.of(EpisodeStep.newBuilder()
                        .setKind(EpisodeStepKind.CHALLENGING)
                        .setAt(begun)
                        .setVersion(13)
                        .build()))
                .build());
        Sample before = Sample.newBuilder(Samples.of("before", 0.1f))
                .setClassifiedAt(begun.plusSeconds(3))
                .build();
        Sample since = Sample.newBuilder(Samples.of("since", 0.1f))
                .setClassifiedAt(begun.plusSeconds(4))
                .build();

        assertThat(OpenEpisodes.of(episodes, before)).isEmpty();
        assertThat(OpenEpisodes.of(episodes, since)).isPresent();
    }

    @Test
    void shouldAskForNothingOfPicturesThatNoEpisodeIsAbout() {
        episodes.add(Episode.newBuilder(Episodes.labelling("e-1", 8))
                .setSource("warehouse")
                .build());
        sample("a", 0.1f);

        assertThat(askedAfter(Duration.ofSeconds(2))).isEmpty();
    }
}
