package dev.hemline.quality.request;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.hemline.event.DriftKind;
import dev.hemline.event.Sample;
import dev.hemline.quality.drift.DriftTopic;
import dev.hemline.quality.drift.ToldDrifts;
import dev.hemline.quality.drift.ToldDrifts.Told;
import dev.hemline.quality.source.BusiestSources;
import dev.hemline.topic.ModelKey;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;

/** Samples of a version and source about whose pictures an alarm stands, as it was known at the last look. Thread-safe. */
final class ChangedPictures implements Predicate<Sample> {
    private final Supplier<List<Told>> drifts;
    private volatile Set<Watched> changed = Set.of();

    private record Watched(ModelKey.Manifest version, String source) {}

    ChangedPictures(DriftTopic drifts) {
        this(drifts::read);
    }

    ChangedPictures(Supplier<List<Told>> drifts) {
        this.drifts = drifts;
    }

    /** Looks again; what was known stays known while brokers do not tell. */
    void refresh() {
        try {
            changed = drifts.get().stream()
                    .filter(Told::stands)
                    .map(Told::alarm)
                    .filter(alarm -> alarm.getKind() == DriftKind.PICTURES)
                    .map(alarm -> new Watched(ToldDrifts.version(alarm), alarm.getSource()))
                    // Which sources are pooled, nobody here knows.
                    .filter(watched -> !watched.source().equals(BusiestSources.REST))
                    .collect(toUnmodifiableSet());
        } catch (KafkaException e) {
            // The topic's reader has said so.
        }
    }

    @Override
    public boolean test(Sample sample) {
        Set<Watched> now = changed;
        return !now.isEmpty()
                && now.contains(new Watched(
                        new ModelKey.Manifest(sample.getModelName(), sample.getModelVersion()),
                        BusiestSources.bounded(sample.getSource())));
    }
}
