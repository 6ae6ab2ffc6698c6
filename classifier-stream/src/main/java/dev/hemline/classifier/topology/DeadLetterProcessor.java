package dev.hemline.classifier.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hemline.classifier.outcome.Outcome.Rejected;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Turns a rejection back into the record that was received, with headers that say why and where from: the names that
 * Kafka Streams' own dead letters use, so that existing tools read them, and the reason as a short code of ours. There
 * is no stack trace: the message is written for the sender, and a trace could push the letter over the size limit.
 */
final class DeadLetterProcessor extends ContextualProcessor<byte[], Rejected, byte[], byte[]> {
    static final String REASON = "hemline.reason";
    static final String EXCEPTION = "__streams.errors.exception";
    static final String MESSAGE = "__streams.errors.message";
    static final String TOPIC = "__streams.errors.topic";
    static final String PARTITION = "__streams.errors.partition";
    static final String OFFSET = "__streams.errors.offset";

    private static final int MAX_MESSAGE_CHARS = 1000;

    @Override
    public void process(Record<byte[], Rejected> record) {
        RecordMetadata from = context().recordMetadata().orElseThrow();
        Rejected rejected = record.value();
        Headers headers = new RecordHeaders(record.headers().toArray());
        add(headers, REASON, rejected.reason().code());
        add(headers, EXCEPTION, rejected.exception().getName());
        add(
                headers,
                MESSAGE,
                rejected.message()
                        .substring(
                                0,
                                Math.min(MAX_MESSAGE_CHARS, rejected.message().length())));
        add(headers, TOPIC, from.topic());
        add(headers, PARTITION, Integer.toString(from.partition()));
        add(headers, OFFSET, Long.toString(from.offset()));
        context().forward(record.withValue(rejected.event()).withHeaders(headers));
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(UTF_8));
    }
}
