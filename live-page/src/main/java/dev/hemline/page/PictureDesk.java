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
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends somebody's picture the way of all pictures, as an event through Kafka, and waits for what is read of it. Thread-safe. */
final class PictureDesk implements Desk {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TopicWatch topics;
    private final PictureFeed seen;
    private final PageProducer<ImageEvent> events;

    /** @param seen what is read on these topics */
    PictureDesk(KafkaSettings kafka, TopicWatch topics, PictureFeed seen) {
        this.events = new PageProducer<>(kafka, Topics.IMAGE_EVENTS);
        this.topics = topics;
        this.seen = seen;
    }

    @Override
    public Reply ask(byte[] content) throws UnfitImageException, ExecutionException, InterruptedException {
        ImageFormat format = FormatDetection.of(content);
        String id = "page-" + UUID.randomUUID();
        CompletableFuture<Answered> answer = seen.await(id);
        try (Interest interest = topics.watch()) {
            interest.reading().get(PageProducer.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            events.send(id, event(id, format, content));
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

    @Override
    public void close() {
        events.close();
    }
}
