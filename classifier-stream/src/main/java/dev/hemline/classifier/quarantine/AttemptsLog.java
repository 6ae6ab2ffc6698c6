package dev.hemline.classifier.quarantine;

import dev.hemline.event.EventAttempts;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;

/** Where processes tell the ones after them what they try. */
interface AttemptsLog extends AutoCloseable {
    /**
     * What the holder of a partition said last, whoever that is.
     *
     * @throws KafkaException if it cannot be read
     */
    Optional<EventAttempts> newest(int partition);

    /**
     * Says something, and waits until it is there for good.
     *
     * @throws KafkaException if it may not be there
     */
    void write(int partition, EventAttempts attempts);

    /** Says something that nobody waits for. */
    void send(int partition, EventAttempts attempts);

    @Override
    void close();
}
