package dev.hemline.quality.accuracy;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.hemline.model.evaluation.WilsonInterval;
import dev.hemline.quality.source.BusiestSources;
import dev.hemline.quality.source.SourceCounts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a version made of the events of one source.
 *
 * @param source its name, or {@value BusiestSources#SHOWN_REST} for all that have none of their own
 * @param results of its events, whether their labels have come or not
 * @param confidence mean over all results; null before the first
 * @param scored results whose label is known
 * @param correct those that met it
 * @param accuracy correct / scored; null before the first
 * @param low95 where it lies at least with 95 % confidence, by Wilson's score
 * @param high95 where it lies at most
 * @param belowOthers whether all of that lies below where the accuracy of the version's other sources together lies, of 20 labels at least
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record SourceAccuracy(
        String source,
        long results,
        @Nullable Double confidence,
        long scored,
        long correct,
        @Nullable Double accuracy,
        @Nullable Double low95,
        @Nullable Double high95,
        boolean belowOthers) {
    /** One wrong answer of one is no finding. */
    private static final long ENOUGH = 20;

    /** Of one version: the source with most results first, the rest last. */
    static List<SourceAccuracy> of(Map<String, SourceCounts> bySource) {
        Map<String, SourceCounts> bounded = bounded(bySource);
        SourceCounts all = bounded.values().stream().reduce(SourceCounts.NONE, SourceCounts::plus);
        List<SourceAccuracy> sources = new ArrayList<>();
        bounded.forEach((name, counts) -> sources.add(of(name, counts, all)));
        sources.sort(Comparator.<SourceAccuracy, Boolean>comparing(one -> one.source.equals(BusiestSources.SHOWN_REST))
                .thenComparing(SourceAccuracy::results, Comparator.reverseOrder())
                .thenComparing(SourceAccuracy::source));
        return sources;
    }

    /** Each partition has names for its own busiest; together they may be more. */
    private static Map<String, SourceCounts> bounded(Map<String, SourceCounts> bySource) {
        Map<String, SourceCounts> bounded = new TreeMap<>();
        bySource.entrySet().stream()
                .sorted(Comparator.<Map.Entry<String, SourceCounts>, Long>comparing(
                                one -> one.getValue().results(), Comparator.reverseOrder())
                        .thenComparing(Map.Entry::getKey))
                .forEach(one -> bounded.merge(
                        bounded.size() < BusiestSources.NAMED ? one.getKey() : BusiestSources.REST,
                        one.getValue(),
                        SourceCounts::plus));
        return bounded;
    }

    private static SourceAccuracy of(String name, SourceCounts counts, SourceCounts all) {
        long scored = counts.scored();
        Double share = scored == 0 ? null : (double) counts.correct() / scored;
        WilsonInterval interval = share == null ? null : WilsonInterval.of(share, scored);
        long othersScored = all.scored() - scored;
        boolean below = interval != null
                && Math.min(scored, othersScored) >= ENOUGH
                && interval.high()
                        < WilsonInterval.of((double) (all.correct() - counts.correct()) / othersScored, othersScored)
                                .low();
        return new SourceAccuracy(
                BusiestSources.shown(name),
                counts.results(),
                counts.results() == 0 ? null : counts.confidence() / counts.results(),
                scored,
                counts.correct(),
                share,
                interval == null ? null : interval.low(),
                interval == null ? null : interval.high(),
                below);
    }
}
