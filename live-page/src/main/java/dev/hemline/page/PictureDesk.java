package dev.hemline.page;

import dev.hemline.event.ImageEvent;
import dev.hemline.event.ImageFormat;
import dev.hemline.image.FormatDetection;
import dev.hemline.image.UnfitImageException;
import dev.hemline.page.TopicWatch.Interest;
import dev.hemline.service.KafkaSettings;
import dev.hemline.topic.Topics;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Sends somebody's picture the way of all pictures, as an event through Kafka, and waits for what is read of it. Thread-safe. */
final class PictureDesk implements Desk {
    private static final Duration SEND_PATIENCE = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final KafkaSettings kafka;
    private final TopicWatch topics;
    private final PictureFeed seen;
    private @Nullable Producer<String, ImageEvent> producer;

    /** @param seen what is read on these topics */
    PictureDesk(KafkaSettings kafka, TopicWatch topics, PictureFeed seen) {
        this.kafka = kafka;
        this.topics = topics;
        this.seen = seen;
    }

    @Override
    public Reply ask(byte[] content) throws UnfitImageException, ExecutionException, InterruptedException {
        ImageFormat format = FormatDetection.of(content);
        String id = "page-" + UUID.randomUUID();
        CompletableFuture<Answered> answer = seen.await(id);
        try (Interest interest = topics.watch()) {
            interest.reading().get(SEND_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            producer()
                    .send(new ProducerRecord<>(Topics.IMAGE_EVENTS.name(), id, event(id, format, content)))
                    .get();
            return new Reply(id, await(answer).orElse(null));
        } catch (TimeoutException e) {
            throw new ExecutionException("Kafka does not answer", e);
        } finally {
            seen.forget(id);
        }
    }

    private Optional<Answered> await(CompletableFuture<Answered> answer)
            throws ExecutionException, InterruptedException {
        try {
            return Optional.of(answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        }
    }

    private static ImageEvent event(String id, ImageFormat format, byte[] content) {
        return ImageEvent.newBuilder()
                .setId(id)
                .setSource("live-page")
                .setCapturedAt(Instant.now())
                .setFormat(format)
                .setWidth(0)
                .setHeight(0)
                .setContent(ByteBuffer.wrap(content))
                .build();
    }

    private synchronized Producer<String, ImageEvent> producer() {
        Producer<String, ImageEvent> open = producer;
        if (open == null) {
            open = new KafkaProducer<>(
                    kafka.client(Map.of(
                            ProducerConfig.MAX_BLOCK_MS_CONFIG,
                            SEND_PATIENCE.toMillis(),
                            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                            Math.toIntExact(SEND_PATIENCE.toMillis()),
                            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                            Math.toIntExact(SEND_PATIENCE.toMillis()) * 2,
                            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                            16 << 20)),
                    Topics.IMAGE_EVENTS.keySerde().serializer(),
                    Topics.IMAGE_EVENTS.valueSerde().serializer());
            producer = open;
        }
        return open;
    }

    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close(Duration.ofMillis(500));
        }
    }
}
