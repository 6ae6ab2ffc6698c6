package dev.hemline.benchmarks.startup;

import dev.hemline.benchmarks.stream.Way;
import dev.hemline.event.Classification;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.UserError;
import dev.hemline.testbed.child.ChildCommand;
import dev.hemline.testbed.child.ChildProcess;
import dev.hemline.testbed.tap.TopicTap;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.Topics;
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
    private static final Duration DAY = Duration.ofDays(1);
    private static final double NANOS = 1e9;
    private static final EventSerde<Classification> RESULTS = EventSerde.of(Classification.class);

    private final LocalTime timeOfDay = LocalTime.now(ZoneId.systemDefault());
    private final long begun = System.nanoTime();
    private OptionalDouble ready = OptionalDouble.empty();
    private OptionalDouble firstResult = OptionalDouble.empty();
    private OptionalInt label = OptionalInt.empty();

    private StartWatch() {}

    /** @param log a file that is not there yet */
    static Start of(Way way, ChildCommand command, KafkaSettings kafka, Path log) throws InterruptedException {
        try (TopicTap results = TopicTap.fromNow(kafka, List.of(Topics.CLASSIFICATIONS))) {
            var watch = new StartWatch();
            try (ChildProcess process = ChildProcess.start(command, log)) {
                watch.look(way, process, results);
                process.stop(PATIENCE);
            }
            return watch.start(way, log);
        }
    }

    private void look(Way way, ChildProcess process, TopicTap results) throws InterruptedException {
        var probe = new ReadyProbe(process.log());
        while (label.isEmpty() || (ready.isEmpty() && tellsReadiness(way))) {
            process.requireRunning();
            if (seconds() > PATIENCE.toSeconds()) {
                throw new UserError("The " + way.title() + " did not classify within " + PATIENCE.toSeconds()
                        + " s; see " + process.log());
            }
            for (ConsumerRecord<byte[], byte[]> record : results.poll(TICK)) {
                firstResult = OptionalDouble.of(seconds());
                label = OptionalInt.of(RESULTS.decode(record.value()).getLabel());
            }
            if (ready.isEmpty() && tellsReadiness(way) && probe.isReady()) {
                ready = OptionalDouble.of(seconds());
            }
        }
    }

    private static boolean tellsReadiness(Way way) {
        return way == Way.HEMLINE;
    }

    private double seconds() {
        return (System.nanoTime() - begun) / NANOS;
    }

    private Start start(Way way, Path log) {
        Map<Step, Double> steps = new EnumMap<>(Step.class);
        if (tellsReadiness(way)) {
            StartLog told = StartLog.read(log);
            for (Step step : Step.values()) {
                told.first(step.line()).ifPresent(at -> steps.put(step, secondsUntil(at)));
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
