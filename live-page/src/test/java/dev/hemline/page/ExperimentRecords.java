package dev.hemline.page;

import dev.hemline.event.ExperimentDecision;
import dev.hemline.event.ExperimentOutcome;
import dev.hemline.event.ExperimentPhase;
import dev.hemline.event.ExperimentReason;
import dev.hemline.event.ExperimentStanding;
import dev.hemline.event.SegmentCounts;
import dev.hemline.event.SegmentKind;
import dev.hemline.event.UnprovedSegment;
import dev.hemline.topic.ModelKey;
import dev.hemline.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What a referee tells of model {@code m}, whose version 12 serves while 13 shadows it. */
final class ExperimentRecords {
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    static final ModelKey.Manifest SERVING = new ModelKey.Manifest("m", 12);

    static {
        // Avro makes enums only of classes that it was told to trust, which is done with the first serde.
        Topics.EXPERIMENTS.valueSerde();
    }

    private ExperimentRecords() {}

    static SegmentCounts segment(SegmentKind kind, String name) {
        return new SegmentCounts(kind, name, 3L, 2L, 95L);
    }

    static ExperimentStanding standing(Instant lookedAt) {
        return new ExperimentStanding(
                "m",
                12,
                13,
                ExperimentPhase.TRIAL,
                61L,
                22L,
                960L,
                200,
                Math.log(13.4),
                Math.log(20),
                Math.log(0.25),
                Math.log(40),
                List.of(
                        new UnprovedSegment(segment(SegmentKind.SOURCE, ""), Math.log(11)),
                        new UnprovedSegment(segment(SegmentKind.CLASS, "1"), Math.log(2.31))),
                null,
                NOON,
                NOON.plus(Duration.ofDays(14)),
                lookedAt);
    }

    /** The same after the challenger is none any more. */
    static ExperimentStanding ended(Instant lookedAt) {
        return ExperimentStanding.newBuilder(standing(lookedAt))
                .setBegunAt(null)
                .setEndsAt(null)
                .setOutcome(ExperimentOutcome.REJECTED)
                .build();
    }

    static ExperimentDecision rejected(Instant decidedAt) {
        return new ExperimentDecision(
                "m",
                13,
                12,
                ExperimentPhase.TRIAL,
                ExperimentOutcome.REJECTED,
                ExperimentReason.WORSE_IN_SEGMENT,
                segment(SegmentKind.CLASS, "1"),
                Math.log(5_000),
                0.05,
                0d,
                0.1,
                61L,
                22L,
                960L,
                List.of(segment(SegmentKind.CLASS, "0")),
                List.of(),
                List.of(),
                decidedAt);
    }
}
