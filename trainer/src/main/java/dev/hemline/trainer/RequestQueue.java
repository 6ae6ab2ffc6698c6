package dev.hemline.trainer;

import dev.hemline.event.TrainingRequest;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.KafkaTopics;
import dev.hemline.service.LogThrottle;
import dev.hemline.service.Texts;
import dev.hemline.service.UserError;
import dev.hemline.topic.BoundedConsumer;
import dev.hemline.topic.EventChecks;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.SchemaTopic;
import dev.hemline.topic.Topics;
import dev.hemline.topic.UndecodableEventException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests for one model, in their order, and how to add one. Its partition is assigned, not subscribed to: a training
 * takes longer than any group waits for a member, and publishing sees to it that there is one trainer only. It commits
 * nothing itself.
 */
public final class RequestQueue implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RequestQueue.class);
    private static final TopicPartition PARTITION = new TopicPartition(Topics.TRAINING_REQUESTS.name(), 0);
    private static final int PATIENCE_MS = 15_000;
    private static final int POLLED = 100;

    /** More than this are left on their topic until some have had their training. */
    private static final int MOST_WAITING = 1_000;
    /** Of what a log line tells of a request. */
    private static final int MAX_SAID_CHARS = 200;

    private final Consumer<String, byte[]> consumer;
    private final String model;
    private final Runnable refused;
    private final LogThrottle line = new LogThrottle();
    private final SchemaTopic writers;
    private final EventSerde<TrainingRequest> requests;
    private final Deque<Pending> waiting = new ArrayDeque<>();

    /**
     * A request that waits for its training.
     *
     * @param offset its place on the topic
     */
    record Pending(TrainingRequest request, long offset) {
        /** Whether one training would answer both. */
        boolean asksForTheSameAs(Pending other) {
            return Objects.equals(request.getNetwork(), other.request.getNetwork())
                    && Objects.equals(request.getEpochs(), other.request.getEpochs())
                    && Objects.equals(request.getSeed(), other.request.getSeed())
                    && request.getForce() == other.request.getForce()
                    && request.getRefresh() == other.request.getRefresh();
        }
    }

    /**
     * @param writers schemas of other releases; closed with this
     * @param refused hears of each record that is no request
     */
    RequestQueue(Consumer<String, byte[]> consumer, SchemaTopic writers, String model, Runnable refused) {
        this.consumer = consumer;
        this.writers = writers;
        this.requests = EventSerde.of(TrainingRequest.class).reading(writers);
        this.model = model;
        this.refused = refused;
        consumer.assign(List.of(PARTITION));
    }

    /**
     * Goes on where the trainer of this model that ran before got to.
     *
     * @throws UserError if the topic can be neither found nor created
     */
    static RequestQueue open(KafkaSettings kafka, String model, Runnable refused) {
        KafkaTopics.ensure(kafka, List.of(Topics.TRAINING_REQUESTS));
        Map<String, Object> settings = kafka.client(Map.of(
                ConsumerConfig.GROUP_ID_CONFIG,
                "hemline-trainer-" + model,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                POLLED));
        return new RequestQueue(
                new BoundedConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer()),
                SchemaTopic.on(kafka.client(Map.of())),
                model,
                refused);
    }

    /**
     * The request whose turn it is, with those right behind it that ask for the same: one training answers them all.
     *
     * @param patience how long to wait for one
     * @return empty if there is none
     */
    List<Pending> next(Duration patience) {
        if (waiting.size() < MOST_WAITING) {
            for (ConsumerRecord<String, byte[]> event : consumer.poll(waiting.isEmpty() ? patience : Duration.ZERO)) {
                try {
                    add(event);
                } catch (KafkaException e) {
                    // Its schema could not be looked up; it is asked for again with what came behind it.
                    consumer.seek(PARTITION, event.offset());
                    throw e;
                }
            }
        }
        Pending first = waiting.peek();
        return first == null
                ? List.of()
                : waiting.stream().takeWhile(first::asksForTheSameAs).toList();
    }

    /** How many wait. */
    int size() {
        return waiting.size();
    }

    /** These have had their training, or need none. */
    void handled(List<Pending> requests) {
        waiting.removeAll(requests);
    }

    /** How far requests were handled, those of other models included. */
    Map<TopicPartition, OffsetAndMetadata> progress() {
        Pending first = waiting.peek();
        long offset = first == null ? consumer.position(PARTITION) : first.offset();
        return Map.of(PARTITION, new OffsetAndMetadata(offset));
    }

    /** The group that progress is committed for. */
    ConsumerGroupMetadata group() {
        return consumer.groupMetadata();
    }

    /**
     * Asks for a training; returns when the brokers have it.
     *
     * @throws UserError if they do not
     */
    public static void send(KafkaSettings kafka, TrainingRequest request) {
        KafkaTopics.ensure(kafka, List.of(Topics.TRAINING_REQUESTS));
        var topic = Topics.TRAINING_REQUESTS;
        try (var producer = new KafkaProducer<>(
                kafka.client(Map.of(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MS)),
                topic.keySerde().serializer(),
                topic.valueSerde().serializer())) {
            producer.send(new ProducerRecord<>(topic.name(), request.getModel(), request))
                    .get();
        } catch (ExecutionException | KafkaException e) {
            throw new UserError("The request was not sent: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserError("Interrupted; it is not known whether the request was sent", e);
        }
    }

    @Override
    public void close() {
        consumer.close();
        writers.close();
    }

    private void add(ConsumerRecord<String, byte[]> event) {
        if (event.value() == null) {
            return;
        }
        try {
            TrainingRequest request = requests.decode(event.value());
            if (!request.getModel().equals(model)) {
                return;
            }
            EventChecks.fault(request).ifPresentOrElse(this::passOver, () -> {
                LOG.info(
                        "Request {} by {} has come in: {}",
                        said(request.getId()),
                        said(request.getRequestedBy()),
                        reason(request));
                waiting.add(new Pending(lean(request), event.offset()));
            });
        } catch (UndecodableEventException e) {
            passOver(String.valueOf(e.getMessage()));
        }
    }

    private void passOver(String why) {
        refused.run();
        if (line.isDue("passed over")) {
            LOG.warn(
                    "Passing over an event of topic {}: {}; others like it are counted in"
                            + " hemline_training_requests_refused_total",
                    PARTITION.topic(),
                    why);
        }
    }

    /** What is only for people has been said by now. */
    private static TrainingRequest lean(TrainingRequest request) {
        return TrainingRequest.newBuilder(request)
                .setReason("")
                .setRequestedBy("")
                .build();
    }

    private static String said(String text) {
        return Texts.printable(text, MAX_SAID_CHARS);
    }

    private static String reason(TrainingRequest request) {
        return request.getReason().isBlank() ? "no reason given" : said(request.getReason());
    }
}
