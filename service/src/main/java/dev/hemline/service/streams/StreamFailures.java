package dev.hemline.service.streams;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is nobody's event's fault stops the stream, which has committed nothing of it. */
public final class StreamFailures implements DeserializationExceptionHandler, ProcessingExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(StreamFailures.class);

    @Override
    public void configure(Map<String, ?> settings) {}

    /**
     * Kafka Streams cannot read a record at all. Ours are bytes, whose meaning the engine finds out, so this is a broken
     * installation and no broken event: it must not empty the topic.
     */
    @Override
    public DeserializationExceptionHandler.Response handleError(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception exception) {
        LOG.error("Record {}-{}@{} cannot be read", context.topic(), context.partition(), context.offset());
        return DeserializationExceptionHandler.Response.fail();
    }

    /**
     * A step of the topology threw. Whatever an event can be blamed for is an outcome and has gone its way as a value; what
     * is thrown is our own failure, and would be the next event's too.
     */
    @Override
    public ProcessingExceptionHandler.Response handleError(
            ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
        LOG.error(
                "Step {} failed at {}-{}@{}",
                context.processorNodeId(),
                context.topic(),
                context.partition(),
                context.offset());
        return ProcessingExceptionHandler.Response.fail();
    }
}
