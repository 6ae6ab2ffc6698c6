package dev.hemline.page;

import dev.hemline.event.ModelManifest;
import dev.hemline.page.ToldExperiments.Pair;
import dev.hemline.page.ToldExperiments.Told;
import dev.hemline.topic.ModelKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How the version that serves stands beside its challenger, or how that has just ended. For one thread. */
final class ExperimentLook implements Supplier<ExperimentView> {
    /** After so long there may be other pictures. */
    private static final long AGAIN_NANOS = Duration.ofSeconds(30).toNanos();

    private final PageSources sources;
    private final ExperimentTopics topics;
    private final DisagreementsReader reader;
    private @Nullable Seen seen;

    private record Seen(Pair pair, Disagreements disagreements, long at) {
        boolean isFresh() {
            return System.nanoTime() - at < AGAIN_NANOS;
        }
    }

    ExperimentLook(PageSources sources, ExperimentTopics topics) {
        this.sources = sources;
        this.topics = topics;
        reader = new DisagreementsReader(sources.kafka(), sources.formats());
    }

    @Override
    public ExperimentView get() {
        Optional<ModelManifest> serving = sources.serving().get();
        if (serving.isEmpty()) {
            return ExperimentView.NONE;
        }
        var version =
                new ModelKey.Manifest(serving.get().getName(), serving.get().getVersion());
        Optional<Told> shown = topics.read().shown(version, Instant.now());
        return shown.map(told ->
                        ExperimentView.of(told, serving.get().getLabels(), disagreements(Pair.of(told.standing()))))
                .orElse(ExperimentView.NONE);
    }

    private Disagreements disagreements(Pair pair) {
        Seen known = seen;
        if (known == null || !known.pair.equals(pair) || !known.isFresh()) {
            known = new Seen(pair, reader.read(pair), System.nanoTime());
            seen = known;
        }
        return known.disagreements;
    }
}
