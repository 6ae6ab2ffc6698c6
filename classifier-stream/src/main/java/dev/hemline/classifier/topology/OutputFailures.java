package dev.hemline.classifier.topology;

import dev.hemline.topic.Topics;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.jspecify.annotations.Nullable;

/**
 * What happens when brokers refuse a record of ours. Nothing is skipped, and no dead letter is ever written about it:
 * one that is too large itself would call for the next, and under exactly-once a refusal ends the transaction anyway.
 * The stream fails with nothing committed, as it does by Kafka's default over what cannot be serialized. Only of a dead letter that is too large there is something to learn, so that
 * the same record ends otherwise when its turn comes again.
 */
public final class OutputFailures implements ProductionExceptionHandler {
    /** The setting that holds the live {@link DeadLetterSizeLimit}; an object, so it only works inside one JVM. */
    public static final String SIZE_LIMIT_CONFIG = "hemline.dead.letter.size.limit";

    private @Nullable DeadLetterSizeLimit sizeLimit;

    @Override
    public void configure(Map<String, ?> settings) {
        sizeLimit = (DeadLetterSizeLimit) settings.get(SIZE_LIMIT_CONFIG);
    }

    @Override
    public Response handleError(
            ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception exception) {
        if (exception instanceof RetriableException) {
            return Response.retry();
        }
        if (exception instanceof RecordTooLargeException && isLetterThatCanShrink(record) && sizeLimit != null) {
            sizeLimit.refused(DeadLetter.size(record.key(), record.value(), record.headers()));
        }
        return Response.fail();
    }

    private static boolean isLetterThatCanShrink(ProducerRecord<byte[], byte[]> record) {
        return record.topic().equals(Topics.IMAGE_EVENTS_DLQ.name()) && !DeadLetter.isSmallest(record.headers());
    }
}
