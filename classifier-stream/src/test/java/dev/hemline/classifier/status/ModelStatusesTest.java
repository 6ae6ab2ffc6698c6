package dev.hemline.classifier.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.classifier.FakeModel;
import dev.hemline.event.ModelState;
import dev.hemline.model.serving.ModelRefusedException;
import dev.hemline.model.serving.ModelRefusedException.Reason;
import dev.hemline.topic.Topics;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ModelStatusesTest {
    private static final Instant EARLY = Instant.ofEpochSecond(1);
    private static final Instant LATE = Instant.ofEpochSecond(99);

    private final ModelStatuses statuses = new ModelStatuses("app", "host-1-abcd");

    /** Whoever knows a topic has told Avro to trust its events; every program does. */
    @BeforeAll
    static void knowTheTopic() {
        Topics.MODEL_STATUS.valueSerde();
    }

    @Test
    void shouldSayWhatServesAndSinceWhen() {
        statuses.serves(FakeModel.manifest("fake", 1), EARLY);
        statuses.serves(FakeModel.manifest("fake", 2), EARLY);

        assertThat(statuses.all(LATE)).containsOnlyKeys("app/host-1-abcd/serving");
        assertThat(statuses.all(LATE).values()).allSatisfy(status -> {
            assertThat(status.getVersion()).isEqualTo(2);
            assertThat(status.getSince()).isEqualTo(EARLY);
            assertThat(status.getAt()).isEqualTo(LATE);
        });
    }

    @Test
    void shouldSayWhatWasRefusedAndWhyUntilItServes() {
        var refusal = new ModelRefusedException(Reason.GOLDEN_BATCH, "off by 0.3");
        statuses.refused(FakeModel.manifest("fake", 3), refusal, EARLY);

        assertThat(statuses.all(LATE)).hasEntrySatisfying("app/host-1-abcd/refused/fake/v000003", status -> {
            assertThat(status.getState()).isEqualTo(ModelState.REFUSED);
            assertThat(status.getReason()).isEqualTo("golden-batch");
            assertThat(status.getMessage()).isEqualTo("off by 0.3");
        });
        statuses.serves(FakeModel.manifest("fake", 3), LATE);
        assertThat(statuses.all(LATE)).containsOnlyKeys("app/host-1-abcd/serving");
    }

    @Test
    void shouldSayOfTheNewestRefusalsOnlyAndNotAtAnyLength() {
        var refusal = new ModelRefusedException(Reason.GOLDEN_BATCH, "x".repeat(100_000));
        for (int version = 1; version <= ModelStatuses.MOST_REFUSALS + 20; version++) {
            statuses.refused(FakeModel.manifest("fake", version), refusal, EARLY.plusSeconds(version));
        }

        assertThat(statuses.all(LATE))
                .hasSize(ModelStatuses.MOST_REFUSALS)
                .doesNotContainKey("app/host-1-abcd/refused/fake/v000020")
                .containsKey("app/host-1-abcd/refused/fake/v000021");
        assertThat(statuses.all(LATE).values())
                .allSatisfy(status -> assertThat(status.getMessage()).hasSize(1_000));
    }

    @Test
    void shouldSayWhatAboutThePinCouldNotBeFollowed() {
        statuses.serves(FakeModel.manifest("fake", 1), EARLY);

        statuses.pinUnmet(Optional.of("pinned v7 is not on the topic"));

        assertThat(statuses.all(LATE).values())
                .allSatisfy(status -> assertThat(status.getMessage()).isEqualTo("pinned v7 is not on the topic"));
    }
}
