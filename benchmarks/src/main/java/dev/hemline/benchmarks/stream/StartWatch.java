package dev.hemline.benchmarks.stream;

import dev.hemline.benchmarks.peer.Contender;
import dev.hemline.benchmarks.stream.Start.Step;
import dev.hemline.event.Classification;
import dev.hemline.service.UserError;
import dev.hemline.testbed.child.ChildCommand;
import dev.hemline.testbed.child.ChildProcess;
import dev.hemline.topic.EventFormats;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.TopicReader;
import dev.hemline.topic.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Starts a process, looks at it until it has answered its first event, and ends it. */
final class StartWatch {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration TICK = Duration.ofMillis(5);
    private static final Duration PROBE = Duration.ofSeconds(1);
    private static final int OK = 200;
    private static final Duration DAY = Duration.ofDays(1);
    private static final double NANOS = 1e9;
    private static final EventSerde<Classification> RESULTS = EventFormats.DEFAULT.results();

    private final boolean tellsReadiness;
    private final Path log;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PROBE).build();
    private final LocalTime timeOfDay = LocalTime.now(ZoneId.systemDefault());
    private final long begun = System.nanoTime();
    private OptionalDouble ready = OptionalDouble.empty();
    private OptionalDouble firstResult = OptionalDouble.empty();
    private OptionalInt label = OptionalInt.empty();

    private StartWatch(boolean tellsReadiness, Path log) {
        this.tellsReadiness = tellsReadiness;
        this.log = log;
    }

    /**
     * One start.
     *
     * @param client properties that find the broker
     * @param log a file that is not there yet
     */
    static Start of(Contender contender, ChildCommand command, Map<String, Object> client, Path log)
            throws InterruptedException {
        try (TopicReader results = new TopicReader(client).fromNow(List.of(Topics.CLASSIFICATIONS))) {
            var watch = new StartWatch(contender == Contender.HEMLINE, log);
            try (ChildProcess process = ChildProcess.start(command, log)) {
                watch.look(contender, process, results);
                process.stop(PATIENCE);
            }
            return watch.start();
        }
    }

    private void look(Contender contender, ChildProcess process, TopicReader results) throws InterruptedException {
        while (label.isEmpty() || (ready.isEmpty() && tellsReadiness)) {
            process.requireRunning();
            if (seconds() > PATIENCE.toSeconds()) {
                throw new UserError("The " + contender.title() + " did not classify within " + PATIENCE.toSeconds()
                        + " s; see " + log);
            }
            for (ConsumerRecord<byte[], byte[]> record : results.poll(TICK)) {
                firstResult = OptionalDouble.of(seconds());
                label = OptionalInt.of(RESULTS.decode(record.value()).getLabel());
            }
            if (ready.isEmpty() && tellsReadiness && isReady()) {
                ready = OptionalDouble.of(seconds());
            }
        }
    }

    /** Asks as an orchestrator would; the log says where. */
    private boolean isReady() throws InterruptedException {
        OptionalInt port = Start.Log.read(log).port();
        if (port.isEmpty()) {
            return false;
        }
        URI probe = URI.create("http://localhost:" + port.getAsInt() + "/health/ready");
        try {
            return http.send(HttpRequest.newBuilder(probe).timeout(PROBE).build(), BodyHandlers.discarding())
                            .statusCode()
                    == OK;
        } catch (IOException e) {
            return false;
        }
    }

    private double seconds() {
        return (System.nanoTime() - begun) / NANOS;
    }

    private Start start() {
        Map<Step, Double> steps = new EnumMap<>(Step.class);
        if (tellsReadiness) {
            Start.Log told = Start.Log.read(log);
            for (Step step : Step.values()) {
                told.first(step).ifPresent(at -> steps.put(step, secondsUntil(at)));
            }
        }
        return new Start(ready, firstResult.orElseThrow(), steps, label.orElseThrow());
    }

    private double secondsUntil(LocalTime at) {
        Duration since = Duration.between(timeOfDay, at);
        // A night may lie between them; a log is cut to milliseconds, so a moment before is no night.
        boolean nextDay = since.compareTo(DAY.dividedBy(-2)) < 0;
        return (nextDay ? since.plus(DAY) : since).toNanos() / NANOS;
    }
}
