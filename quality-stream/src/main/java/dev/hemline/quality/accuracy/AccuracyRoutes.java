package dev.hemline.quality.accuracy;

import dev.hemline.quality.score.LabelNames;
import dev.hemline.quality.score.ScoreStream;
import dev.hemline.service.HttpSettings;
import dev.hemline.service.JsonFile;
import dev.hemline.service.PeerHttp;
import io.javalin.config.JavalinConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.errors.StreamsNotStartedException;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /accuracy?minutes=60}: every version's accuracy and confusion matrix, in total and of the last minutes, summed
 * over all instances; {@code GET /accuracy/local} is what this instance adds to that.
 */
public final class AccuracyRoutes implements Consumer<JavalinConfig> {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final String MINUTES = "60";

    private final LabelNames names;
    private final PeerHttp http;
    private volatile @Nullable Instance here;

    /** This instance, once it has an address. */
    private record Instance(ScoreStream scores, HostInfo self) {}

    /** @param http how this instance serves, and so all others */
    public AccuracyRoutes(LabelNames names, HttpSettings http) {
        this.names = names;
        this.http = RemoteCounts.peers(http);
    }

    /** Until now, and without this, there is nothing to ask. */
    public void scoresAt(ScoreStream scores, HostInfo self) {
        here = new Instance(scores, self);
    }

    @Override
    public void accept(JavalinConfig config) {
        config.routes.get("/accuracy", this::all);
        config.routes.get(RemoteCounts.PATH, this::local);
    }

    private void all(Context context) {
        Optional<AccuracyReport> report = report(recent(context));
        if (report.isEmpty()) {
            notHere(context);
            return;
        }
        json(context.status(report.get().complete() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE), report.get());
    }

    /** What {@code GET /accuracy} answers right now, after a few seconds at most; empty if this instance keeps no scores. */
    public Optional<AccuracyReport> report() {
        return report(Span.lastMinutes(1, Instant.now()));
    }

    private Optional<AccuracyReport> report(Span recent) {
        Instance asked = here;
        if (asked == null) {
            return Optional.empty();
        }
        var all = new AllCounts(asked.scores.partitions(), () -> instances(asked), PATIENCE);
        return Optional.of(AccuracyReport.of(all.ask(recent), recent, names));
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
        Instance asked = here;
        if (asked == null) {
            notHere(context);
        } else {
            json(context, new LocalCounts(asked.scores).read(recent));
        }
    }

    private List<CountSource> instances(Instance asked) {
        List<CountSource> sources = new ArrayList<>();
        sources.add(new LocalCounts(asked.scores));
        try {
            asked.scores.instances().stream()
                    .map(StreamsMetadata::hostInfo)
                    .filter(host -> !host.equals(asked.self))
                    .distinct()
                    .forEach(host -> sources.add(new RemoteCounts(http, host)));
        } catch (StreamsNotStartedException | IllegalStateException e) {
            // It has ended, or has not begun; then it knows of nobody.
            return sources;
        }
        return sources;
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
