package dev.hemline.classifier.topology;

import dev.hemline.classifier.challenger.Role;
import dev.hemline.topic.Topics;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.jspecify.annotations.Nullable;

/**
 * What happens when brokers refuse a record of ours. Nothing is skipped, and no dead letter is ever written about it:
 * one that is too large itself would call for the next, and under exactly-once a refusal ends the transaction anyway.
 * The stream fails with nothing committed, as it does by Kafka's default over what cannot be serialized. Only of a record that is too large there is something to learn, if it
 * holds what a sender chose and can do without: the same event ends otherwise when its turn comes again.
 */
public final class OutputFailures implements ProductionExceptionHandler {
    /** The setting that holds the live {@link OutputLimits}; an object, so it only works inside one JVM. */
    public static final String LIMITS_CONFIG = "hemline.output.limits";

    private @Nullable OutputLimits limits;

    @Override
    public void configure(Map<String, ?> settings) {
        limits = (OutputLimits) settings.get(LIMITS_CONFIG);
    }

    @Override
    public Response handleError(
            ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception exception) {
        if (exception instanceof RetriableException) {
            if (limits != null && record.topic().equals(Topics.SAMPLES.name())) {
                limits.samplesNotTaken();
            }
            return Response.retry();
        }
        if (exception instanceof RecordTooLargeException && limits != null) {
            learn(record, limits);
        }
        return Response.fail();
    }

    private static void learn(ProducerRecord<byte[], byte[]> record, OutputLimits limits) {
        if (record.topic().equals(Topics.IMAGE_EVENTS_DLQ.name()) && !DeadLetter.isSmallest(record.headers())) {
            limits.letterRefused(DeadLetter.size(record.key(), record.value(), record.headers()));
        } else if (record.topic().equals(Topics.SAMPLES.name())) {
            limits.sampleRefused(DeadLetter.size(record.key(), record.value(), record.headers()));
        } else if (Stream.of(Role.values())
                        .anyMatch(role -> role.results().name().equals(record.topic()))
                && record.headers().iterator().hasNext()) {
            limits.headersRefused(DeadLetter.size(record.headers()));
        }
    }
}
