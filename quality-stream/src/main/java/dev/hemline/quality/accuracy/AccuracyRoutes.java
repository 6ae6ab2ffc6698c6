package dev.hemline.quality.accuracy;

import dev.hemline.quality.accuracy.AllCounts.Asked;
import dev.hemline.quality.accuracy.EstimatedAccuracy.Drifts;
import dev.hemline.quality.drift.DriftTopic;
import dev.hemline.quality.score.LabelNames;
import dev.hemline.quality.score.ScoreStream;
import dev.hemline.service.HttpSettings;
import dev.hemline.service.JsonFile;
import io.javalin.config.JavalinConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;

/**
 * {@code GET /accuracy?minutes=60}: every version's accuracy and confusion matrix, in total and of the last minutes, and its accuracy
 * by source, summed over all instances, and an estimate without labels; {@code GET /accuracy/local} is what this instance adds to that.
 */
public final class AccuracyRoutes implements Consumer<JavalinConfig> {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final String MINUTES = "60";
    /** Whoever looks all the time looks at fewer. */
    private static final int MINUTES_SHOWN = 10;

    private final LabelNames names;
    private final RemoteCounts others;
    private final DriftTopic drifts;
    private final Supplier<Optional<ScoreStream>> scores;

    /**
     * @param http how this instance serves, and so all others
     * @param drifts which estimates are worthless
     * @param scores kept here; as long as there are none, there is nothing to ask
     */
    public AccuracyRoutes(
            LabelNames names, HttpSettings http, DriftTopic drifts, Supplier<Optional<ScoreStream>> scores) {
        this.names = names;
        this.others = new RemoteCounts(http);
        this.drifts = drifts;
        this.scores = scores;
    }

    @Override
    public void accept(JavalinConfig config) {
        config.routes.get("/accuracy", this::all);
        config.routes.get(RemoteCounts.PATH, this::local);
    }

    private void all(Context context) {
        Span recent = recent(context);
        scores.get()
                .map(stream -> report(stream, recent))
                .ifPresentOrElse(report -> tell(context, report), () -> notHere(context));
    }

    private static void tell(Context context, AccuracyReport report) {
        json(context.status(report.complete() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE), report);
    }

    /** What {@code GET /accuracy?minutes=10} answers right now, after a few seconds at most; empty if this instance keeps no scores. */
    public Optional<AccuracyReport> report() {
        return scores.get().map(stream -> report(stream, Span.lastMinutes(MINUTES_SHOWN, Instant.now())));
    }

    private AccuracyReport report(ScoreStream stream, Span recent) {
        AllCounts all = AllCounts.of(stream.partitions(), () -> ask(stream, recent), PATIENCE);
        return AccuracyReport.of(all, recent, names, this::told);
    }

    private Drifts told() {
        try {
            return new Drifts(drifts.read(), null);
        } catch (KafkaException e) {
            return new Drifts(
                    List.of(),
                    "Topic drift cannot be read (" + e.getMessage()
                            + "), so nobody knows whether pictures have changed");
        }
    }

    private List<Asked> ask(ScoreStream stream, Span recent) {
        var here = new Asked("this instance", CompletableFuture.completedFuture(LocalCounts.of(stream, recent)));
        return Stream.concat(Stream.of(here), stream.others().stream().map(host -> others.ask(host, recent)))
                .toList();
    }

    private static Span recent(Context context) {
        try {
            return Span.lastMinutes(Math.toIntExact(number(context, "minutes", MINUTES)), Instant.now());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new BadRequestResponse(e.getMessage());
        }
    }

    private void local(Context context) {
        Span recent = new Span(
                Instant.ofEpochMilli(number(context, "from", "0")), Instant.ofEpochMilli(number(context, "to", "0")));
        boolean sources = context.queryParam(RemoteCounts.SOURCES) != null;
        scores.get()
                .map(stream -> LocalCounts.of(stream, recent))
                .ifPresentOrElse(
                        counts -> json(context, sources ? counts : withoutSources(counts)), () -> notHere(context));
    }

    private static Map<Integer, PartitionCounts> withoutSources(Map<Integer, PartitionCounts> counts) {
        counts.replaceAll((partition, all) -> all.withoutSources());
        return counts;
    }

    private static long number(Context context, String name, String byDefault) {
        String text = Optional.ofNullable(context.queryParam(name)).orElse(byDefault);
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new BadRequestResponse(name + " is a whole number, not '" + text + "'");
        }
    }

    private static void notHere(Context context) {
        json(
                context.status(HttpStatus.SERVICE_UNAVAILABLE),
                Map.of("complete", false, "message", "This instance keeps no scores (yet)"));
    }

    private static void json(Context context, Object body) {
        context.contentType("application/json")
                .header(Header.CACHE_CONTROL, "no-store")
                .result(JsonFile.line(body));
    }
}
