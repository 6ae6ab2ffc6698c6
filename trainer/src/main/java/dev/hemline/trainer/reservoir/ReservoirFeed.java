package dev.hemline.trainer.reservoir;

import dev.hemline.event.GroundTruth;
import dev.hemline.event.LabelRequest;
import dev.hemline.event.Sample;
import dev.hemline.service.DaemonThreads;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.LogThrottle;
import dev.hemline.service.Texts;
import dev.hemline.topic.EventChecks;
import dev.hemline.topic.EventFormats;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.Topic;
import dev.hemline.topic.TopicReader;
import dev.hemline.topic.Topics;
import dev.hemline.topic.UndecodableEventException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills a reservoir from topics {@code samples}, {@code label-requests} and {@code ground-truth}, with what came in a time before it began
 * and with what comes from then on, in a thread of its own. What brokers do not give now is read later.
 */
public final class ReservoirFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReservoirFeed.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration TICK = Duration.ofMillis(200);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    /** By then, what a label is about has been read, too. */
    private static final Duration LATE = Duration.ofMinutes(1);

    private static final int MOST_WHY_CHARS = 500;

    /** All that it reads. */
    public static final List<Topic<?, ?>> TOPICS = List.of(Topics.SAMPLES, Topics.LABEL_REQUESTS, Topics.GROUND_TRUTH);

    private final KafkaSettings kafka;
    private final String model;
    private final SampleJoin join;
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final LogThrottle line = new LogThrottle();
    private final Thread thread;
    private volatile boolean caughtUp;
    private volatile boolean closed;

    private ReservoirFeed(KafkaSettings kafka, String model, Reservoir reservoir, Instant from) {
        this.kafka = kafka;
        this.model = model;
        this.join = new SampleJoin(reservoir);
        this.thread = DaemonThreads.start("reservoir", () -> follow(from));
    }

    /**
     * @param model whose samples are taken
     * @param from what came before that is left alone
     */
    public static ReservoirFeed start(KafkaSettings kafka, String model, Reservoir reservoir, Instant from) {
        return new ReservoirFeed(kafka, model, reservoir, from);
    }

    /** Whether all that was there when it began has been read. */
    public boolean caughtUp() {
        return caughtUp;
    }

    /** The newest samples that have no label, and that nobody was asked about. */
    public List<Sample> unlabelled(int most) {
        return join.unlabelled(most);
    }

    /** How many labels each labeller has given of pictures that nobody has answered here of late. */
    public Map<String, Integer> unmatched(Instant now) {
        return join.unmatched(now.minus(LATE));
    }

    private void follow(Instant from) {
        while (!closed) {
            try (TopicReader reader = new TopicReader(kafka.client(Map.of()))) {
                read(reader, from);
            } catch (KafkaException e) {
                if (!closed && line.isDue(e.toString())) {
                    LOG.warn("Labels of live traffic cannot be read; trying again: {}", e.toString());
                }
                pause();
            }
        }
    }

    private void read(TopicReader reader, Instant from) {
        if (positions.isEmpty()) {
            positions.putAll(reader.offsetsAt(TOPICS, from));
        }
        reader.from(positions);
        var records = new Records(reader);
        if (!caughtUp) {
            reader.readTo(reader.stableEnds(TOPICS), PATIENCE, records::take);
            caughtUp = true;
        }
        while (!closed) {
            reader.poll(TICK).forEach(records::take);
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    /** What one reader gives; used by this feed's thread. */
    private final class Records {
        private final Topic<String, Sample> samples;
        private final Topic<String, LabelRequest> requests;
        private final EventSerde<GroundTruth> labels;

        Records(TopicReader reader) {
            samples = Topics.SAMPLES.reading(reader.writers());
            requests = Topics.LABEL_REQUESTS.reading(reader.writers());
            labels = EventFormats.DEFAULT.labels().reading(reader.writers());
        }

        void take(ConsumerRecord<byte[], byte[]> record) {
            if (record.topic().equals(Topics.SAMPLES.name())) {
                samples.value(record).filter(this::isOurs).ifPresent(join::sample);
            } else if (record.topic().equals(Topics.LABEL_REQUESTS.name())) {
                requests.value(record).ifPresent(join::request);
            } else {
                label(record);
            }
            positions.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
        }

        private boolean isOurs(Sample sample) {
            Optional<String> fault = EventChecks.fault(sample);
            fault.ifPresent(why -> passedOver(Topics.SAMPLES.name(), why));
            return fault.isEmpty() && sample.getModelName().equals(model);
        }

        private void label(ConsumerRecord<byte[], byte[]> record) {
            try {
                GroundTruth truth = labels.read(record);
                EventChecks.fault(truth)
                        .ifPresentOrElse(
                                why -> passedOver(record.topic(), why),
                                () -> join.label(truth, Instant.ofEpochMilli(record.timestamp())));
            } catch (UndecodableEventException e) {
                passedOver(record.topic(), String.valueOf(e.getMessage()));
            }
        }

        private void passedOver(String topic, String why) {
            if (line.isDue(topic)) {
                LOG.warn(
                        "A record of topic {} is nothing to learn from: {}. Who writes there?",
                        topic,
                        Texts.printable(why, MOST_WHY_CHARS));
            }
        }
    }
}
