package dev.hemline.trainer.request;

import dev.hemline.event.TrainingRequest;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.KafkaTopics;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.Topics;
import dev.hemline.topic.UndecodableEventException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests for one model, in their order. Its partition is assigned, not subscribed to: a training takes longer than
 * any group waits for a member, and publishing sees to it that there is one trainer only. It commits nothing itself.
 */
public final class RequestQueue implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RequestQueue.class);
    private static final TopicPartition PARTITION = new TopicPartition(Topics.TRAINING_REQUESTS.name(), 0);

    private final Consumer<String, byte[]> consumer;
    private final String model;
    private final EventSerde<TrainingRequest> requests = EventSerde.of(TrainingRequest.class);
    private final Deque<PendingRequest> waiting = new ArrayDeque<>();

    RequestQueue(Consumer<String, byte[]> consumer, String model) {
        this.consumer = consumer;
        this.model = model;
        consumer.assign(List.of(PARTITION));
    }

    /**
     * Goes on where the trainer of this model that ran before got to.
     *
     * @throws dev.hemline.service.UserError if the topic can be neither found nor created
     */
    public static RequestQueue open(KafkaSettings kafka, String model) {
        KafkaTopics.ensure(kafka, List.of(Topics.TRAINING_REQUESTS));
        Map<String, Object> settings = kafka.client(Map.of(
                ConsumerConfig.GROUP_ID_CONFIG,
                "hemline-trainer-" + model,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed"));
        return new RequestQueue(
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer()), model);
    }

    /**
     * The request whose turn it is, with those right behind it that ask for the same: one training answers them all.
     *
     * @param patience how long to wait for one
     * @return empty if there is none
     */
    public List<PendingRequest> next(Duration patience) {
        consumer.poll(waiting.isEmpty() ? patience : Duration.ZERO).forEach(this::add);
        PendingRequest first = waiting.peek();
        return first == null
                ? List.of()
                : waiting.stream().takeWhile(first::asksForTheSameAs).toList();
    }

    /** How many wait. */
    public int size() {
        return waiting.size();
    }

    /** These have had their training, or need none. */
    public void handled(List<PendingRequest> requests) {
        waiting.removeAll(requests);
    }

    /** How far requests were handled, those of other models included. */
    public Map<TopicPartition, OffsetAndMetadata> progress() {
        PendingRequest first = waiting.peek();
        long offset = first == null ? consumer.position(PARTITION) : first.offset();
        return Map.of(PARTITION, new OffsetAndMetadata(offset));
    }

    /** The group that progress is committed for. */
    public ConsumerGroupMetadata group() {
        return consumer.groupMetadata();
    }

    @Override
    public void close() {
        consumer.close();
    }

    private void add(ConsumerRecord<String, byte[]> event) {
        if (event.value() == null) {
            return;
        }
        try {
            TrainingRequest request = requests.decode(event.value());
            if (request.getModel().equals(model)) {
                LOG.info(
                        "Request {} by {} has come in: {}", request.getId(), request.getRequestedBy(), reason(request));
                waiting.add(new PendingRequest(request, event.offset()));
            }
        } catch (UndecodableEventException e) {
            LOG.warn("Passing over an event of topic {}: {}", PARTITION.topic(), e.getMessage());
        }
    }

    private static String reason(TrainingRequest request) {
        return request.getReason().isBlank() ? "no reason given" : request.getReason();
    }
}
