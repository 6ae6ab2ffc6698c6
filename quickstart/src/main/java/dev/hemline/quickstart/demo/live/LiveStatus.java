package dev.hemline.quickstart.demo.live;

import dev.hemline.service.Texts;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;

/**
 * The stream at one moment.
 *
 * @param serving the version that answers; empty before the first result
 * @param sent image events seen
 * @param classified results seen
 * @param rejects dead letters seen, by reason
 * @param resultsPerSecond over the last five seconds
 * @param recentAccuracy of the last 1,000 results whose truth is known
 * @param accuracyPerVersion of each version's results whose truth is known
 * @param latency of the last 1,000 results
 */
public record LiveStatus(
        Optional<Serving> serving,
        long sent,
        long classified,
        Map<String, Long> rejects,
        double resultsPerSecond,
        Accuracy recentAccuracy,
        SortedMap<Integer, Accuracy> accuracyPerVersion,
        Optional<Quantiles> latency) {

    /** The version that answers; its manifest, if it was seen. */
    public record Serving(String name, int version, Optional<PublishedModel> model) {}

    /**
     * Another version began to answer.
     *
     * @param at when its first result was read
     * @param before empty for the first version
     */
    public record Swap(Instant at, Serving after, Optional<Serving> before) {
        /** For instance {@code v3 now serving: validation accuracy 86.1 %, was v2 with 80.3 %}. */
        public String sentence() {
            String what = "v" + after.version() + " now serving" + accuracy(after, ": validation accuracy ");
            return before.map(former -> what + ", was v" + former.version() + accuracy(former, " with "))
                    .orElse(what + ", the first model");
        }

        private static String accuracy(Serving version, String intro) {
            return version.model()
                    .map(known -> intro + Texts.percent(known.validationAccuracy()))
                    .orElse("");
        }
    }

    /**
     * A version that was published on topic {@code models}.
     *
     * @param validationAccuracy what its maker measured, 0 to 1
     */
    public record PublishedModel(int version, double validationAccuracy, Instant publishedAt) {}

    /** The middle and the slowest hundredth of latencies, in milliseconds. */
    public record Quantiles(long p50, long p99) {
        /** For instance {@code p50 14 ms, p99 38 ms}. */
        public String text() {
            return "p50 " + p50 + " ms, p99 " + p99 + " ms";
        }
    }

    /** Right answers among those whose truth is known. */
    public record Accuracy(long known, long correct) {
        static final Accuracy NONE = new Accuracy(0, 0);

        Accuracy plus(boolean right) {
            return new Accuracy(known + 1, correct + (right ? 1 : 0));
        }

        Accuracy minus(boolean right) {
            return new Accuracy(known - 1, correct - (right ? 1 : 0));
        }

        public OptionalDouble share() {
            return known == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) correct / known);
        }
    }

    public long rejected() {
        return rejects.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Events without an outcome so far. */
    public long waiting() {
        return Math.max(0, sent - classified - rejected());
    }
}
