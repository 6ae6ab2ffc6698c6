package dev.hemline.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EventIdsTest {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00.5Z");

    @Test
    void shouldSayWhoSentItWhenTheRunBeganAndWhichItIs() {
        assertThat(EventIds.ofNewRun("warehouse-3", NOON).next())
                .matches("warehouse-3-20260131T120000Z-[0-9a-f]{8}-000000000001");
    }

    @Test
    void shouldOrderAsTextInTheOrderOfSending() {
        EventIds ids = EventIds.ofNewRun("a", NOON);

        assertThat(Stream.generate(ids::next).limit(1_100).toList()).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void shouldDifferBetweenRunsThatStartTogether() {
        assertThat(EventIds.ofNewRun("a", NOON).next())
                .isNotEqualTo(EventIds.ofNewRun("a", NOON).next());
    }

    @Test
    void shouldBeTheSameAgainInARunWithAName() {
        assertThat(EventIds.ofRun("a", "first").next()).isEqualTo("a-first-000000000001");
    }
}
