package dev.hemline.control.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.event.ExperimentDecision;
import dev.hemline.event.ExperimentOutcome;
import dev.hemline.event.ExperimentPhase;
import dev.hemline.event.ExperimentReason;
import dev.hemline.event.ExperimentStanding;
import dev.hemline.event.SegmentCounts;
import dev.hemline.event.SegmentKind;
import dev.hemline.topic.Topic;
import dev.hemline.topic.Topics;
import dev.hemline.topic.WriterSchemas;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class ExperimentRowTest {
    private final List<ConsumerRecord<byte[], byte[]>> standings = new ArrayList<>();
    private final List<ConsumerRecord<byte[], byte[]>> decisions = new ArrayList<>();

    private void stands(String model, int champion, int challenger, long won, long lost, long alike) {
        standings.add(record(
                Topics.EXPERIMENTS,
                new ExperimentStanding(
                        model,
                        champion,
                        challenger,
                        ExperimentPhase.TRIAL,
                        won,
                        lost,
                        alike,
                        200,
                        Math.log(3.14),
                        Math.log(20),
                        0d,
                        Math.log(40),
                        List.of(),
                        null,
                        Instant.EPOCH,
                        Instant.EPOCH,
                        Instant.EPOCH)));
    }

    private void decided(ExperimentPhase phase, int candidate, int incumbent, ExperimentOutcome outcome) {
        decisions.add(record(
                Topics.EXPERIMENT_DECISIONS,
                new ExperimentDecision(
                        "m",
                        candidate,
                        incumbent,
                        phase,
                        outcome,
                        ExperimentReason.WORSE_IN_SEGMENT,
                        new SegmentCounts(SegmentKind.CLASS, "7", 0L, 9L, 1L),
                        Math.log(25),
                        0.05,
                        0d,
                        0.1,
                        0L,
                        9L,
                        1L,
                        List.of(),
                        List.of(),
                        List.of(),
                        Instant.EPOCH)));
    }

    private static <V> ConsumerRecord<byte[], byte[]> record(Topic<String, V> topic, V event) {
        return new ConsumerRecord<>(
                topic.name(), 0, 0, new byte[0], topic.valueSerde().serializer().serialize("", event));
    }

    private List<ExperimentRow> rows() {
        return ExperimentRow.of("m", standings, decisions, WriterSchemas.NONE);
    }

    @Test
    void shouldShowTheNewestOfEachPairAndWhatItWaitsFor() {
        stands("m", 12, 13, 1, 0, 5);
        stands("m", 12, 13, 7, 3, 30);
        stands("another", 12, 13, 100, 0, 0);

        ExperimentRow row = rows().get(0);

        assertThat(rows()).hasSize(1);
        assertThat(row.labels()).isEqualTo(40);
        assertThat(row.challengerAlone()).isEqualTo(7);
        assertThat(row.championAlone()).isEqualTo(3);
        assertThat(row.difference()).isEqualTo(0.1);
        assertThat(row.waitsFor()).containsExactly("labels (40 of 200)", "evidence (e-value 3.14 of 20.0)");
        assertThat(row.decision()).isNull();
    }

    @Test
    void shouldShowADecisionWithTheTwoInTheirPlacesOfThen() {
        stands("m", 12, 13, 9, 0, 1);
        stands("m", 13, 12, 0, 9, 1);
        decided(ExperimentPhase.PROBATION, 13, 12, ExperimentOutcome.ROLLED_BACK);
        decided(ExperimentPhase.PROBATION, 13, 12, ExperimentOutcome.CONFIRMED);

        assertThat(ExperimentText.table("m", rows()))
                .containsExactly(
                        "Model m",
                        "",
                        "CHALLENGER  BESIDE  LABELS  WON  LOST     DIFFERENCE  DECISION",
                        "v13         v12         10    9     0  +90.00 points  waits for labels (10 of 200), evidence (e-value 3.14"
                                + " of 20.0)",
                        "v12         v13         10    0     9  -90.00 points  v13 rolled back, worse in segment class 7"
                                + " (e-value 25.0) in its probation");
    }

    @Test
    void shouldPassByWhatNobodyOfOursWrote() {
        standings.add(new ConsumerRecord<>("experiments", 0, 0, null, new byte[] {1, 2, 3}));
        standings.add(new ConsumerRecord<>("experiments", 0, 0, null, null));

        assertThat(rows()).isEmpty();
    }
}
