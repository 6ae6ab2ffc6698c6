package dev.hemline.classifier.quarantine;

import dev.hemline.event.EventAttempts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** The topic in memory: what is sent is there at once. */
public final class FakeAttempts implements AttemptsLog {
    final List<EventAttempts> written = new ArrayList<>();
    private final Map<Integer, EventAttempts> newest = new HashMap<>();
    Instant now = Instant.parse("2026-03-01T10:00:00Z");

    @Nullable
    KafkaException failure;

    /** One of whose partitions nobody died. */
    public static Quarantine quarantine() {
        return new FakeAttempts().of("only");
    }

    /** That of one process. */
    public Quarantine of(String process) {
        return new Quarantine(process, this, () -> now);
    }

    EventAttempts last() {
        return written.get(written.size() - 1);
    }

    @Override
    public Optional<EventAttempts> newest(int partition) {
        fail();
        return Optional.ofNullable(newest.get(partition));
    }

    @Override
    public void write(int partition, EventAttempts attempts) {
        fail();
        send(partition, attempts);
    }

    @Override
    public void send(int partition, EventAttempts attempts) {
        written.add(attempts);
        newest.merge(partition, attempts, AttemptsTopic::later);
    }

    private void fail() {
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void close() {}
}
