package dev.hemline.quality.drift;

import dev.hemline.event.Drift;
import dev.hemline.event.DriftKind;
import dev.hemline.event.DriftReference;
import dev.hemline.event.DriftState;
import dev.hemline.model.reference.LogProbabilities;
import dev.hemline.quality.source.BusiestSources;
import dev.hemline.topic.EventChecks;
import dev.hemline.topic.ModelKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The newest alarm of each version, source and reference, as topic {@code drift} tells them in order. Remembers a thousand. Not
 * for several threads.
 */
public final class ToldDrifts {
    private static final int REMEMBERED = 1_000;
    private static final int MOST_CLASSES = 16;

    private final Map<Watched, Told> newest = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Watched, Told> eldest) {
            return size() > REMEMBERED;
        }
    };

    private record Watched(ModelKey.Manifest version, String source, DriftReference reference) {}

    /**
     * An alarm, and what became of it.
     *
     * @param clearedSince since when results are as they were before; null while it stands
     */
    public record Told(Drift alarm, @Nullable Instant clearedSince) {
        public boolean stands() {
            return clearedSince == null;
        }

        /** Whether it is about pictures of this version that were answered then or later. */
        public boolean spoils(ModelKey.Manifest version, Instant from) {
            return alarm.getKind() == DriftKind.PICTURES
                    && version(alarm).equals(version)
                    && (clearedSince == null || clearedSince.isAfter(from));
        }
    }

    /** What no program of ours can have written counts for nothing. */
    public void add(Drift drift) {
        if (!isPossible(drift)) {
            return;
        }
        var watched = new Watched(version(drift), drift.getSource(), drift.getReference());
        Told before = newest.remove(watched);
        if (drift.getState() == DriftState.ALARM) {
            newest.put(watched, new Told(drift, null));
        } else if (before != null) {
            newest.put(watched, new Told(before.alarm, drift.getSinceAt()));
        }
    }

    private static boolean isPossible(Drift drift) {
        return ModelKey.isVersion(drift.getModelName(), drift.getModelVersion())
                && drift.getSource().equals(BusiestSources.bounded(drift.getSource()))
                && EventChecks.isId(drift.getSinceId())
                && (drift.getState() == DriftState.ALARM || drift.getState() == DriftState.ALL_CLEAR)
                && drift.getKind() != DriftKind.UNKNOWN
                && drift.getReference() != DriftReference.UNKNOWN
                && !drift.getSinceAt().isBefore(Instant.EPOCH)
                && !drift.getAt().isBefore(Instant.EPOCH)
                && Double.isFinite(drift.getStrength())
                && drift.getClasses().size() <= MOST_CLASSES
                && drift.getClasses().stream()
                        .allMatch(moved -> moved.getGroup() >= 0 && moved.getGroup() < LogProbabilities.MOST_GROUPS);
    }

    /** The newest last. */
    public List<Told> all() {
        return List.copyOf(newest.values());
    }

    /** The version that it is about. */
    public static ModelKey.Manifest version(Drift drift) {
        return new ModelKey.Manifest(drift.getModelName(), drift.getModelVersion());
    }

    /** One that makes estimates of a version worthless whose results begin then, if there is one. */
    public static Optional<Told> spoiling(List<Told> told, ModelKey.Manifest version, Instant from) {
        return told.stream().filter(one -> one.spoils(version, from)).findFirst();
    }
}
