package dev.hemline.quality.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.event.Drift;
import dev.hemline.event.DriftKind;
import dev.hemline.event.DriftReference;
import dev.hemline.event.DriftState;
import dev.hemline.event.Sample;
import dev.hemline.quality.drift.ToldDrifts.Told;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

class ChangedPicturesTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final List<Told> told = new ArrayList<>();
    private boolean brokersAreThere = true;
    private final ChangedPictures changed = new ChangedPictures(() -> {
        if (brokersAreThere) {
            return told;
        }
        throw new KafkaException("no broker");
    });

    private static Drift alarm(DriftKind kind, String source) {
        return Drift.newBuilder()
                .setState(DriftState.ALARM)
                .setKind(kind)
                .setReference(DriftReference.LIVE)
                .setModelName("clothes")
                .setModelVersion(12)
                .setSource(source)
                .setSinceId("boot-1")
                .setSinceAt(NOON)
                .setAt(NOON)
                .setBefore(2_000)
                .setResults(40)
                .setStrength(1)
                .setClasses(List.of())
                .setLogEvidence(12)
                .setLogThreshold(11)
                .build();
    }

    private static Sample sample(String source) {
        return sample(source, 12);
    }

    private static Sample sample(String source, int version) {
        return Sample.newBuilder(Samples.of("a", 0.1f))
                .setSource(source)
                .setModelVersion(version)
                .build();
    }

    @Test
    void shouldKnowSamplesOfTheVersionAndSourceWhosePicturesHaveChanged() {
        told.add(new Told(alarm(DriftKind.PICTURES, "warehouse-3"), null));
        told.add(new Told(alarm(DriftKind.MIX, "warehouse-4"), null));
        told.add(new Told(alarm(DriftKind.PICTURES, "warehouse-5"), NOON));
        told.add(new Told(alarm(DriftKind.PICTURES, ""), null));

        assertThat(changed.test(sample("warehouse-3"))).isFalse();
        changed.refresh();

        assertThat(changed.test(sample("warehouse-3"))).isTrue();
        assertThat(changed.test(sample("warehouse-4"))).as("only its mix").isFalse();
        assertThat(changed.test(sample("warehouse-5"))).as("all clear").isFalse();
        assertThat(changed.test(sample(""))).as("pooled with others").isFalse();
        assertThat(changed.test(sample("warehouse-3", 11)))
                .as("another version")
                .isFalse();
    }

    @Test
    void shouldKeepToWhatItKnewWhileBrokersDoNotTell() {
        told.add(new Told(alarm(DriftKind.PICTURES, "warehouse-3"), null));
        changed.refresh();

        brokersAreThere = false;
        changed.refresh();

        assertThat(changed.test(sample("warehouse-3"))).isTrue();
    }
}
