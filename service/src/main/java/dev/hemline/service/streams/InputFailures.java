package dev.hemline.service.streams;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when Kafka Streams cannot read a record at all. Ours are bytes, whose meaning the engine finds out, so
 * this is a broken installation and no broken event: it stops the stream instead of emptying the topic.
 */
public final class InputFailures implements DeserializationExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(InputFailures.class);

    @Override
    public void configure(Map<String, ?> settings) {}

    @Override
    public Response handleError(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception exception) {
        LOG.error("Record {}-{}@{} cannot be read", context.topic(), context.partition(), context.offset());
        return Response.fail();
    }
}
