package dev.hemline.service;

import dev.hemline.topic.ModelKey;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** How many series there are about versions: those of a few of them, and of each of a limited number of classes. */
public final class SeriesLimits {
    /** Enough to see the last swaps side by side. */
    public static final int VERSIONS = 6;
    /** The first classes of a version have series of their own. */
    public static final int CLASSES = 100;
    /** The first classes of a version have cells of their own, that many times as many. */
    public static final int CELL_CLASSES = 32;

    private SeriesLimits() {}

    /**
     * What serves, and the newest of the same model before those of others.
     *
     * @param published whether a version is on its topic; what is not comes last, however high its number
     */
    public static Set<ModelKey.Manifest> of(
            Collection<ModelKey.Manifest> versions,
            Optional<ModelKey.Manifest> serving,
            Predicate<ModelKey.Manifest> published) {
        Map<ModelKey.Manifest, Boolean> unpublished =
                versions.stream().distinct().collect(Collectors.toMap(version -> version, published.negate()::test));
        Comparator<ModelKey.Manifest> others = Comparator.comparing(version ->
                serving.filter(one -> one.name().equals(version.name())).isEmpty());
        Comparator<ModelKey.Manifest> notServing =
                Comparator.comparing(version -> serving.filter(version::equals).isEmpty());
        return versions.stream()
                .sorted(notServing
                        .thenComparing(unpublished::get)
                        .thenComparing(others)
                        .thenComparing(ModelKey.Manifest::version, Comparator.reverseOrder())
                        .thenComparing(ModelKey.Manifest::name))
                .limit(VERSIONS)
                .collect(Collectors.toSet());
    }
}
