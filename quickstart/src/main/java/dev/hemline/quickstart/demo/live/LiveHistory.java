package dev.hemline.quickstart.demo.live;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a {@link LiveView} saw over the whole run.
 *
 * @param published every version on the topic, older ones too
 * @param firstUsed when each version gave its first result
 * @param latency of events captured after the first result
 * @param firstResult when the first result was read
 */
public record LiveHistory(
        SortedMap<Integer, PublishedModel> published,
        SortedMap<Integer, Instant> firstUsed,
        Optional<Quantiles> latency,
        Optional<Instant> firstResult) {}
