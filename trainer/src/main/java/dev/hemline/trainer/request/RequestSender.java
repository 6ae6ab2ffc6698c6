package dev.hemline.trainer.request;

import dev.hemline.event.TrainingRequest;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.KafkaTopics;
import dev.hemline.service.UserError;
import dev.hemline.topic.Topics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** Sends training requests. */
public final class RequestSender {
    private static final int PATIENCE_MS = 15_000;

    private RequestSender() {}

    /**
     * Returns when the brokers have it.
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
}
