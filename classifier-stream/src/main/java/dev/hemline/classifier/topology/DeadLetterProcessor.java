package dev.hemline.classifier.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hemline.classifier.outcome.Outcome.Rejected;
import dev.hemline.topic.DeadLetterHeaders;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Turns a rejection back into the record that was received, with {@link DeadLetterHeaders} that say why and where from.
 * There is no stack trace: the message is written for the sender, and a trace could push the letter over the size limit.
 */
final class DeadLetterProcessor extends ContextualProcessor<byte[], Rejected, byte[], byte[]> {
    private static final int MAX_MESSAGE_CHARS = 1000;

    private final DeadLetterSizeLimit sizeLimit;

    DeadLetterProcessor(DeadLetterSizeLimit sizeLimit) {
        this.sizeLimit = sizeLimit;
    }

    @Override
    public void process(Record<byte[], Rejected> record) {
        RecordMetadata from = context().recordMetadata().orElseThrow();
        Rejected rejected = record.value();
        Headers headers = new RecordHeaders(record.headers().toArray());
        add(headers, DeadLetterHeaders.REASON, rejected.reason().code());
        add(headers, DeadLetterHeaders.EXCEPTION, rejected.exception().getName());
        add(headers, DeadLetterHeaders.MESSAGE, capped(rejected.message()));
        add(headers, DeadLetterHeaders.TOPIC, from.topic());
        add(headers, DeadLetterHeaders.PARTITION, Integer.toString(from.partition()));
        add(headers, DeadLetterHeaders.OFFSET, Long.toString(from.offset()));
        DeadLetter letter = new DeadLetter(record.key(), rejected.event(), headers).fitting(sizeLimit);
        context().forward(record.withKey(letter.key()).withValue(letter.value()).withHeaders(letter.headers()));
    }

    private static String capped(String message) {
        return message.substring(0, Math.min(MAX_MESSAGE_CHARS, message.length()));
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(UTF_8));
    }
}
