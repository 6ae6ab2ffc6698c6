package dev.hemline.classifier.engine;

import dev.hemline.classifier.outcome.Outcome;
import dev.hemline.classifier.outcome.Outcome.Rejected;
import dev.hemline.event.ImageEvent;
import dev.hemline.image.ImageDecoder;
import dev.hemline.image.OpenPicture;
import dev.hemline.image.UnfitImageException;
import dev.hemline.service.trace.RecordTrace;
import dev.hemline.topic.EventChecks;
import dev.hemline.topic.ImageEventReader;
import dev.hemline.topic.Rejection;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * One event that waits for its outcome. Of its picture only the header has been read, so what it takes is known.
 *
 * @param bytes as they were received
 * @param nanos of a slow core that its picture takes, at most
 * @param trace of the record that it came in
 * @param outcome cancelled by whoever does not wait any longer
 */
@SuppressWarnings("ArrayRecordComponent") // compared by identity alone
record Job(
        byte @Nullable [] bytes,
        ImageEvent event,
        OpenPicture picture,
        long nanos,
        RecordTrace trace,
        CompletableFuture<Outcome> outcome) {
    /**
     * Reads an event.
     *
     * @throws dev.hemline.topic.UndecodableEventException if it is none
     * @throws dev.hemline.topic.NotYetReadableException if that cannot be told yet
     * @throws UnfitImageException if its names or its picture are not what is taken
     */
    static Job open(
            ConsumerRecord<byte[], byte[]> record, RecordTrace trace, ImageEventReader reader, ImageDecoder decoder)
            throws UnfitImageException {
        ImageEvent event = reader.read(record);
        if (event.getId().isEmpty()) {
            throw new UnfitImageException(Rejection.MISSING_ID, "The event's id is empty; give every event its own");
        }
        requireShort("id", event.getId());
        requireShort("source", event.getSource());
        OpenPicture picture = decoder.open(event);
        return new Job(record.value(), event, picture, picture.work().toNanos(), trace, new CompletableFuture<>());
    }

    /** A result names its event twice; one that brokers refuse for its size would stop the stream for good. */
    private static void requireShort(String what, String name) throws UnfitImageException {
        if (name.length() > EventChecks.MAX_NAME_CHARS) {
            throw new UnfitImageException(
                    Rejection.NAME_TOO_LONG,
                    "The event's " + what + " has " + name.length() + " characters, at most "
                            + EventChecks.MAX_NAME_CHARS + " are accepted; give it a shorter one");
        }
    }

    void reject(Rejection reason, Exception cause) {
        outcome.complete(Rejected.because(reason, cause, bytes));
    }
}
