package dev.hemline.producer;

import dev.hemline.event.LabelRequest;
import dev.hemline.producer.EventSequence.OutgoingEvent;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.UserError;
import dev.hemline.topic.Topic;
import dev.hemline.topic.TopicReader;
import dev.hemline.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Hears whose labels are asked for, and knows those of the last two million events of this run. For one thread.
 */
final class RequestedLabels implements AutoCloseable {
    /** How long requests may come after the last event: those by lot are drawn each minute at least where several a minute are. */
    static final Duration AFTERWARDS = Duration.ofMinutes(1);

    private static final int REMEMBERED = 1 << 21;
    private static final short UNKNOWN = -1;
    private static final int DIGITS = 12;

    private final Source source;
    private final short[] labels = new short[REMEMBERED];
    private String prefix = "";
    private long newest;

    /** Where requests come from. */
    interface Source extends AutoCloseable {
        /** Ids of events whose labels were asked for since. */
        List<String> ids();

        @Override
        default void close() {}
    }

    RequestedLabels(Source source) {
        this.source = source;
        Arrays.fill(labels, UNKNOWN);
    }

    /** @throws UserError if the topic cannot be read */
    static RequestedLabels on(KafkaSettings kafka) {
        TopicReader reader = new TopicReader(kafka.client(Map.of()));
        try {
            reader.fromNow(List.of(Topics.LABEL_REQUESTS));
            return new RequestedLabels(new TopicSource(reader));
        } catch (KafkaException e) {
            reader.close();
            throw unreadable(e);
        }
    }

    private static UserError unreadable(KafkaException e) {
        return new UserError("Topic " + Topics.LABEL_REQUESTS + " cannot be read: " + e.getMessage(), e);
    }

    private record TopicSource(TopicReader reader) implements Source {
        @Override
        public List<String> ids() {
            Topic<String, LabelRequest> topic = Topics.LABEL_REQUESTS.reading(reader.writers());
            List<String> ids = new ArrayList<>();
            try {
                for (ConsumerRecord<byte[], byte[]> record : reader.poll(Duration.ZERO)) {
                    // Tombstones take requests back.
                    if (record.value() != null && record.key() != null) {
                        ids.add(topic.keySerde().deserializer().deserialize(record.topic(), record.key()));
                    }
                }
                return ids;
            } catch (KafkaException e) {
                throw unreadable(e);
            }
        }

        @Override
        public void close() {
            reader.close();
        }
    }

    /** Remembers what an event shows. */
    void sent(OutgoingEvent event) {
        String id = event.id();
        prefix = id.substring(0, id.length() - DIGITS);
        newest = number(id);
        labels[place(newest)] = event.kind() == EventKind.IMAGE ? (short) event.label() : UNKNOWN;
    }

    private static long number(String id) {
        return Long.parseLong(id.substring(id.length() - DIGITS));
    }

    private static int place(long number) {
        return (int) (number % REMEMBERED);
    }

    /** Ids of our events whose labels were asked for since. */
    List<String> heard() {
        return source.ids().stream().filter(id -> label(id).isPresent()).toList();
    }

    /** What one of our events shows; empty for others', for bad ones, and for those of long ago. */
    OptionalInt label(String id) {
        boolean ours = !prefix.isEmpty()
                && id.length() == prefix.length() + DIGITS
                && id.startsWith(prefix)
                && id.chars().skip(prefix.length()).allMatch(digit -> digit >= '0' && digit <= '9');
        if (!ours) {
            return OptionalInt.empty();
        }
        long number = number(id);
        short label = labels[place(number)];
        return number > newest || number <= newest - REMEMBERED || label == UNKNOWN
                ? OptionalInt.empty()
                : OptionalInt.of(label);
    }

    @Override
    public void close() {
        source.close();
    }
}
