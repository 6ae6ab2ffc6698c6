package dev.hemline.classifier;

import dev.hemline.classifier.prefetch.EngineFailedException;
import dev.hemline.classifier.quarantine.Quarantine;
import dev.hemline.classifier.topology.OutputLimits;
import dev.hemline.model.serving.TorchEngine;
import dev.hemline.service.KafkaProblem;
import dev.hemline.service.UserError;
import dev.hemline.service.failure.Causes;
import dev.hemline.service.streams.RestartPolicy;
import dev.hemline.topic.Topics;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of the stream when a thread of it dies: it goes on with another one, waits, or ends and tells why; and whether
 * the event at hand may be to blame.
 */
final class FailurePolicy implements StreamsUncaughtExceptionHandler, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Classifier.class);

    private final OutputLimits limits;
    private final Quarantine quarantine;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final RestartPolicy restarts =
            new RestartPolicy("Classification", cause -> failure.compareAndSet(null, cause));

    FailurePolicy(OutputLimits limits, Quarantine quarantine) {
        this.limits = limits;
        this.quarantine = quarantine;
    }

    @Override
    public StreamThreadExceptionResponse handle(Throwable cause) {
        if (Causes.find(cause, RecordTooLargeException.class).isPresent() && limits.learned()) {
            LOG.warn("Brokers refused a record as too large; its event is tried again, without what did not fit");
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        StreamThreadExceptionResponse response =
                Causes.find(cause, EngineFailedException.class).isPresent()
                        ? restarts.end(cause)
                        : restarts.handle(cause);
        if (response == StreamThreadExceptionResponse.SHUTDOWN_CLIENT && mayBeAnEvents(cause)) {
            quarantine.processEnds();
        }
        return response;
    }

    /** Where brokers refuse, or memory is too short for one image, another event would fare no better. */
    private static boolean mayBeAnEvents(Throwable cause) {
        return Causes.find(cause, ApiException.class).isEmpty() && !TorchEngine.lacksMemory(KafkaProblem.reason(cause));
    }

    /**
     * Tells what the stream died of, if it did; nothing unfinished was committed then.
     *
     * @throws UserError if a person made it die, or can put right what it died of
     * @throws StreamsException if it died of anything else
     */
    void rethrow() {
        Throwable cause = failure.get();
        if (cause != null) {
            if (Causes.find(cause, OffsetOutOfRangeException.class).isPresent()) {
                throw new UserError(
                        "Topic " + Topics.MODELS
                                + " was made anew while this classifier ran; start it again, and it reads"
                                + " what is there now",
                        cause);
            }
            RestartPolicy.fault(cause).ifPresent(why -> {
                throw new UserError(
                        "Reading topic " + Topics.MODELS + " ended, and classification with it: " + why
                                + "; what was not finished is not committed",
                        cause);
            });
            Throwable reason = KafkaProblem.reason(cause);
            // Of Kafka's own, the app tells in its last line.
            throw new StreamsException(
                    "The stream died" + (reason instanceof KafkaException ? "" : " of " + reason)
                            + "; what it had not finished is not committed",
                    cause);
        }
    }

    /** What the stream waits for, if it does. */
    Optional<String> trouble() {
        return restarts.trouble();
    }

    @Override
    public void close() {
        restarts.close();
    }
}
