package dev.hemline.trainer.reservoir;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.hemline.service.JsonFile;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /reservoir}: which labelled pictures of live traffic a trainer keeps. Browsers get a page, others the counts. Thread-safe.
 */
public final class ReservoirRoutes implements Consumer<JavalinConfig> {
    private static final int MOST_NAMES = 100;

    /** The page has its styles and pictures within it. */
    private static final String POLICY =
            "default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'none'";

    private volatile @Nullable Kept kept;

    /**
     * What is told of.
     *
     * @param model that it is kept for
     * @param classes the model's, in order
     */
    private record Kept(Reservoir reservoir, String model, List<String> classes) {}

    /**
     * What it holds.
     *
     * @param heldOut those that are for validation, and never learnt from
     * @param mostOfAClass how many of one class it holds at most
     * @param classes by their numbers
     * @param sources the hundred that have most
     * @param labellers likewise
     * @param oldest when the oldest label came
     */
    record Content(
            int samples,
            int heldOut,
            int mostOfAClass,
            Map<Integer, Long> classes,
            Map<String, Long> sources,
            Map<String, Long> labellers,
            Map<Integer, Long> versions,
            @Nullable Instant oldest,
            @Nullable Instant newest) {
        static Content of(Reservoir reservoir) {
            List<LabelledSample> all = reservoir.samples();
            return new Content(
                    all.size(),
                    Math.toIntExact(
                            all.stream().filter(LabelledSample::isHeldOut).count()),
                    reservoir.mostPerClass(),
                    counted(all, LabelledSample::label),
                    most(counted(all, one -> one.sample().getSource())),
                    most(counted(all, LabelledSample::by)),
                    counted(all, one -> one.sample().getModelVersion()),
                    all.isEmpty() ? null : all.get(0).arrivedAt(),
                    all.isEmpty() ? null : all.get(all.size() - 1).arrivedAt());
        }

        private static <K extends Comparable<K>> Map<K, Long> counted(
                List<LabelledSample> all, Function<LabelledSample, K> by) {
            return all.stream().collect(groupingBy(by, TreeMap::new, counting()));
        }

        private static Map<String, Long> most(Map<String, Long> counts) {
            Map<String, Long> most = new TreeMap<>();
            Stream<Map.Entry<String, Long>> first = counts.entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                    .limit(MOST_NAMES);
            first.forEach(entry -> most.put(entry.getKey(), entry.getValue()));
            return most;
        }
    }

    /**
     * Tells of this one from now on.
     *
     * @param model that it is kept for
     * @param classes the model's, in order
     */
    public void tell(Reservoir reservoir, String model, List<String> classes) {
        kept = new Kept(reservoir, model, classes);
    }

    @Override
    public void accept(JavalinConfig config) {
        config.routes.get("/reservoir", this::answer);
    }

    private void answer(Context context) {
        Kept now = kept;
        context.contentType("application/json")
                .header(Header.CACHE_CONTROL, "no-store")
                .header(Header.VARY, Header.ACCEPT);
        if (now == null) {
            context.status(HttpStatus.SERVICE_UNAVAILABLE)
                    .result(JsonFile.line(Map.of("reason", "there is no reservoir, or not yet")));
        } else if (isBrowser(context)) {
            context.header(Header.CONTENT_SECURITY_POLICY, POLICY)
                    .html(ReservoirPage.of(now.reservoir(), now.model(), now.classes(), Instant.now())
                            .html());
        } else {
            context.result(JsonFile.line(Content.of(now.reservoir())));
        }
    }

    private static boolean isBrowser(Context context) {
        String accepted = context.header(Header.ACCEPT);
        return accepted != null && accepted.contains("text/html");
    }
}
