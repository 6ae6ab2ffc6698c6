package dev.hemline.service.streams;

import java.util.Map;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when a step of the topology throws. Whatever an event can be blamed for is an outcome and has gone its
 * way as a value; what is thrown is our own failure, and would be the next event's too. It stops the stream, which has
 * committed nothing of it.
 */
public final class ProcessingFailures implements ProcessingExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessingFailures.class);

    @Override
    public void configure(Map<String, ?> settings) {}

    @Override
    public Response handleError(ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
        LOG.error(
                "Step {} failed at {}-{}@{}",
                context.processorNodeId(),
                context.topic(),
                context.partition(),
                context.offset());
        return Response.fail();
    }
}
