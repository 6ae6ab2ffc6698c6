package dev.hemline.producer;

import dev.hemline.service.UserError;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;

/**
 * Remembers how far a run with a name has come, so that it can go on there. Events and the position after them are one
 * transaction, so both are there or neither is, wherever the process is killed. Kafka keeps the position as the offset of
 * a group without members, a week after the last event unless brokers say otherwise.
 */
final class RunJournal {
    /** Readers of committed events see them this much later. */
    private static final Duration BETWEEN_COMMITS = Duration.ofMillis(100);

    /** Offsets need a partition to belong to; which one means nothing. */
    private static final TopicPartition PLACE = new TopicPartition("image-events", 0);

    private static final Pattern NOTE = Pattern.compile("labelled (\\d+), (.*)");

    private final String name;
    private final String content;
    private final Producer<String, byte[]> producer;
    private final Ticker ticker;
    private final ConsumerGroupMetadata group;
    private final Position start;
    private Position last;
    private long lastNanos;

    /**
     * How far a run has come.
     *
     * @param events image events that were sent, good and bad
     * @param labelled of how many of them, counted from the first, nothing is left to be told
     */
    record Position(long events, long labelled) {
        static final Position START = new Position(0, 0);
    }

    private RunJournal(
            String name, String content, Producer<String, byte[]> producer, Consumer<?, ?> group, Ticker ticker) {
        this.name = name;
        this.content = content;
        this.producer = producer;
        this.ticker = ticker;
        this.group = group.groupMetadata();
        this.start = Optional.ofNullable(group.committed(Set.of(PLACE)).get(PLACE))
                .map(this::position)
                .orElse(Position.START);
        this.last = start;
        this.lastNanos = ticker.nanoTime();
    }

    /**
     * Aborts what a killed process of this run left open, and fences one that still runs.
     *
     * @param content what the run sends, in words; another content cannot go on where this one was
     * @param producer transactional, with the name's {@link #id}
     * @param group opens a consumer of the group of that id, which is not used any more when this returns
     * @throws UserError if there is such a run with other content, or Kafka does not answer
     */
    static RunJournal open(
            String name,
            String content,
            Producer<String, byte[]> producer,
            Function<String, Consumer<?, ?>> group,
            Ticker ticker) {
        try {
            producer.initTransactions();
            try (Consumer<?, ?> consumer = group.apply(id(name))) {
                var journal = new RunJournal(name, content, producer, consumer, ticker);
                producer.beginTransaction();
                return journal;
            }
        } catch (KafkaException e) {
            throw new UserError("Run " + name + " cannot begin or go on: " + e.getMessage(), e);
        }
    }

    /** Of its transactions, and of the group that keeps its position. */
    static String id(String name) {
        return "hemline-produce-" + name;
    }

    private Position position(OffsetAndMetadata offset) {
        Matcher note = NOTE.matcher(offset.metadata());
        if (!note.matches()) {
            throw new UserError("Group " + id(name) + " was not written by a run; choose another --run");
        }
        if (!note.group(2).equals(content)) {
            throw new UserError("Run " + name + " was begun with " + note.group(2) + ", not with " + content
                    + "; give it the same flags, or another --run");
        }
        return new Position(offset.offset(), Long.parseLong(note.group(1)));
    }

    /** Where to go on. */
    Position start() {
        return start;
    }

    /** Called after every event and label and while waiting; writes when it is time to. */
    void reached(Position position) {
        if (!position.equals(last) && ticker.nanoTime() - lastNanos >= BETWEEN_COMMITS.toNanos()) {
            commit(position);
            producer.beginTransaction();
        }
    }

    /** Writes the last line. */
    void end(Position position) {
        if (!position.equals(last)) {
            commit(position);
        }
    }

    private void commit(Position position) {
        var offset = new OffsetAndMetadata(position.events(), "labelled " + position.labelled() + ", " + content);
        try {
            producer.sendOffsetsToTransaction(Map.of(PLACE, offset), group);
            producer.commitTransaction();
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            throw new UserError("Another process goes on with run " + name + "; this one ends", e);
        } catch (KafkaException e) {
            throw new UserError(
                    "Run " + name + " was interrupted after " + last.events() + " events: " + e.getMessage()
                            + "; start it again and it goes on there",
                    e);
        }
        last = position;
        lastNanos = ticker.nanoTime();
    }
}
