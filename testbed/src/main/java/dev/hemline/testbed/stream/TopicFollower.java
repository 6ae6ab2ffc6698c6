package dev.hemline.testbed.stream;

import dev.hemline.service.UserError;
import dev.hemline.topic.TopicReader;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.KafkaThread;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows topics in a thread of its own until it is closed. Brokers may be gone for a while: it asks again. */
public final class TopicFollower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);
    private static final Duration TICK = Duration.ofMillis(100);

    private final TopicReader reader;
    private final Consumer<ConsumerRecords<byte[], byte[]>> each;
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable RuntimeException failure;

    private TopicFollower(String name, TopicReader reader, Consumer<ConsumerRecords<byte[], byte[]>> each) {
        this.reader = reader;
        this.each = each;
        this.thread = KafkaThread.daemon(name, this::read);
    }

    /**
     * Begins where the reader is, which is this one's from here on.
     *
     * @param name of the thread
     * @param each gets what a poll brought, if it brought something; what it throws ends the following
     */
    public static TopicFollower start(String name, TopicReader reader, Consumer<ConsumerRecords<byte[], byte[]>> each) {
        var follower = new TopicFollower(name, reader, each);
        follower.thread.start();
        return follower;
    }

    private void read() {
        try (reader) {
            while (!closed) {
                ConsumerRecords<byte[], byte[]> records = poll();
                if (!records.isEmpty()) {
                    each.accept(records);
                }
            }
        } catch (RuntimeException e) {
            failure = e;
            LOG.error("{} stands still from here on", thread.getName(), e);
        }
    }

    /** @throws UserError if it cannot go on, and so will never bring another record */
    public void requireFollowing() {
        RuntimeException problem = failure;
        if (problem != null) {
            throw new UserError("The " + thread.getName() + " failed: " + problem, problem);
        }
    }

    private ConsumerRecords<byte[], byte[]> poll() {
        try {
            return reader.poll(TICK);
        } catch (KafkaException e) {
            LOG.info("{} asks again: {}", thread.getName(), e.toString());
            return ConsumerRecords.empty();
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(Duration.ofSeconds(5).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
