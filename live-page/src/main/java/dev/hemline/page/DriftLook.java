package dev.hemline.page;

import dev.hemline.event.Drift;
import dev.hemline.event.ModelManifest;
import dev.hemline.topic.ModelKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Which alarms stand about the version that serves, and what can be seen of the change. For one thread. */
final class DriftLook implements Supplier<DriftView> {
    /** After so long there may be more pictures since the change. */
    private static final long AGAIN_NANOS = Duration.ofSeconds(12).toNanos();

    private final PageSources sources;
    private final DriftEvidenceReader reader;
    /** Of what is shown. */
    private final Map<Drift, Seen> seen = new HashMap<>();

    private record Seen(DriftEvidence evidence, long at) {
        boolean isFresh() {
            return evidence.isEnough() || System.nanoTime() - at < AGAIN_NANOS;
        }
    }

    DriftLook(PageSources sources) {
        this.sources = sources;
        reader = new DriftEvidenceReader(sources.kafka());
    }

    @Override
    public DriftView get() {
        Optional<ModelManifest> serving = sources.serving().get();
        if (serving.isEmpty()) {
            return new DriftView(0, List.of(), 0);
        }
        var version =
                new ModelKey.Manifest(serving.get().getName(), serving.get().getVersion());
        List<List<Drift>> bySource = DriftView.bySource(sources.drifts().get(), version);
        seen.keySet()
                .retainAll(bySource.stream()
                        .limit(DriftView.SHOWN)
                        .map(alarms -> alarms.get(0))
                        .toList());
        return DriftView.of(version, bySource, serving.get().getLabels(), this::evidence);
    }

    private DriftEvidence evidence(Drift alarm) {
        Seen known = seen.get(alarm);
        if (known == null || !known.isFresh()) {
            known = new Seen(reader.read(alarm), System.nanoTime());
            seen.put(alarm, known);
        }
        return known.evidence;
    }
}
