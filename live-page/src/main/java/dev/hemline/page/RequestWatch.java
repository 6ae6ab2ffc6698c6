package dev.hemline.page;

import dev.hemline.event.GroundTruth;
import dev.hemline.event.LabelRequest;
import dev.hemline.event.Sample;
import dev.hemline.service.DaemonThreads;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.LogThrottle;
import dev.hemline.topic.EventChecks;
import dev.hemline.topic.EventFormats;
import dev.hemline.topic.ModelKey;
import dev.hemline.topic.Topic;
import dev.hemline.topic.TopicReader;
import dev.hemline.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads which labels are asked for and which have come, as long as somebody sits at the label desk and for two minutes more, and
 * looks up their pictures. Thread-safe.
 */
final class RequestWatch implements LabelDesk.Requests {
    private static final Logger LOG = LoggerFactory.getLogger(RequestWatch.class);
    private static final long IDLE_NANOS = Duration.ofMinutes(2).toNanos();
    private static final Duration TICK = Duration.ofMillis(200);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration API_PATIENCE = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    /** Of each partition, tombstones among them. */
    private static final long RECORDS_BACK = 2_000;

    private final KafkaSettings kafka;
    private final EventFormats formats;
    private final RequestBoard board;
    private final PageProducer<GroundTruth> labels;
    private final LogThrottle line = new LogThrottle();
    private final Object pictureLock = new Object();
    private @Nullable TopicReader pictures;
    private @Nullable Thread reading;
    private volatile long usedAt = System.nanoTime();
    private volatile boolean closed;

    RequestWatch(KafkaSettings kafka, EventFormats formats, RequestBoard board) {
        this.kafka = kafka;
        this.formats = formats;
        this.board = board;
        this.labels = new PageProducer<>(kafka, Topics.GROUND_TRUTH);
    }

    /** What is asked for is on the board within moments. */
    @Override
    public synchronized void use() {
        usedAt = System.nanoTime();
        if (reading == null && !closed) {
            reading = DaemonThreads.start("label-requests-read", this::run);
        }
    }

    private void run() {
        while (isWanted()) {
            try (TopicReader reader = reader()) {
                read(reader);
            } catch (RuntimeException | Error e) {
                if (line.isDue(e.toString())) {
                    LOG.warn("The live page shows no pictures at the label desk for a moment: {}", e.toString());
                }
                pause();
            }
        }
        closePictures();
    }

    /** Ends the thread where nobody wants it; whoever comes later starts another. */
    private synchronized boolean isWanted() {
        boolean wanted = !closed && System.nanoTime() - usedAt < IDLE_NANOS;
        if (!wanted) {
            reading = null;
        }
        return wanted;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private TopicReader reader() {
        return new TopicReader(kafka.client(
                Map.of("default.api.timeout.ms", Math.toIntExact(API_PATIENCE.toMillis()), "max.poll.records", 100)));
    }

    private void read(TopicReader reader) {
        board.beginAnew();
        Map<TopicPartition, Long> from = new HashMap<>();
        reader.stableEnds(List.of(Topics.LABEL_REQUESTS))
                .forEach((partition, end) -> from.put(partition, Math.max(0, end - RECORDS_BACK)));
        from.putAll(reader.stableEnds(List.of(Topics.GROUND_TRUTH)));
        reader.from(from);
        Topic<String, LabelRequest> requests = Topics.LABEL_REQUESTS.reading(reader.writers());
        EventFormats labels = formats.reading(reader.writers());
        while (!closed && System.nanoTime() - usedAt < IDLE_NANOS) {
            for (ConsumerRecord<byte[], byte[]> record : reader.poll(TICK)) {
                tell(record, requests, labels);
            }
        }
    }

    private void tell(
            ConsumerRecord<byte[], byte[]> record, Topic<String, LabelRequest> requests, EventFormats labels) {
        try {
            if (record.topic().equals(Topics.GROUND_TRUTH.name())) {
                GroundTruth truth = labels.labels().read(record);
                if (EventChecks.fault(truth).isEmpty()) {
                    board.settled(truth.getId());
                }
                return;
            }
            String id = requests.keySerde().deserializer().deserialize(record.topic(), record.key());
            LabelRequest request = requests.valueSerde().deserializer().deserialize(record.topic(), record.value());
            if (request == null && EventChecks.isId(id)) {
                board.settled(id);
            } else if (request != null && request.getId().equals(id) && isPossible(request)) {
                board.requested(request);
            }
        } catch (RuntimeException e) {
            // One record is not worth the others.
            LOG.debug("Not shown: {}", e.toString());
        }
    }

    /** Whoever may write there may write what is too much to remember. */
    private static boolean isPossible(LabelRequest request) {
        return EventChecks.isId(request.getId())
                && request.getSource().length() <= EventChecks.MAX_NAME_CHARS
                && ModelKey.isVersion(request.getModelName(), request.getModelVersion())
                && request.getClasses() > 0;
    }

    /** Empty if it is not where the request says, or is none. */
    @Override
    public Optional<Sample> picture(LabelRequest request) {
        synchronized (pictureLock) {
            TopicReader reader = pictures == null ? reader() : pictures;
            pictures = reader;
            var partition = new TopicPartition(Topics.SAMPLES.name(), request.getSamplePartition());
            if (!reader.partitions(List.of(Topics.SAMPLES)).contains(partition)) {
                return Optional.empty();
            }
            return reader.read(partition, request.getSampleOffset(), PATIENCE)
                    .flatMap(record -> sample(record, reader))
                    .filter(sample -> sample.getId().equals(request.getId()) && Thumbnail.isWhole(sample));
        }
    }

    private static Optional<Sample> sample(ConsumerRecord<byte[], byte[]> record, TopicReader reader) {
        try {
            return Optional.ofNullable(Topics.SAMPLES
                    .reading(reader.writers())
                    .valueSerde()
                    .deserializer()
                    .deserialize(record.topic(), record.value()));
        } catch (RuntimeException e) {
            LOG.debug("No sample: {}", e.toString());
            return Optional.empty();
        }
    }

    private void closePictures() {
        synchronized (pictureLock) {
            if (pictures != null) {
                pictures.close();
                pictures = null;
            }
        }
    }

    @Override
    public void label(GroundTruth truth) throws ExecutionException, InterruptedException {
        labels.send(truth.getId(), truth);
    }

    /** What reads ends within moments. */
    @Override
    public void close() {
        closed = true;
        labels.close();
    }
}
