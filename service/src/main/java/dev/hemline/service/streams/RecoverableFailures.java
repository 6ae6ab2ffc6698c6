package dev.hemline.service.streams;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.ProcessorStateException;

/** Tells failures that somebody can put right from outside from our own. */
final class RecoverableFailures {
    /** Kafka Streams names the topic that a record was for only in its message. */
    private static final Pattern SENT_TO = Pattern.compile("record to topic (\\S+) for task");

    private RecoverableFailures() {}

    /** What is wrong around a stream, in a sentence; empty if the failure is of another kind. */
    static Optional<String> fault(Throwable failure) {
        String topic = "its topic";
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Matcher sentTo = SENT_TO.matcher(String.valueOf(cause.getMessage()));
            topic = sentTo.find() ? "topic " + sentTo.group(1) : topic;
            Optional<String> fault = faultIn(cause, topic);
            if (fault.isPresent()) {
                return fault;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> faultIn(Throwable cause, String topic) {
        if (cause instanceof MissingSourceTopicException) {
            return Optional.of("a topic that it reads is gone; './hemline topics create' makes it anew");
        }
        if (cause instanceof UnknownTopicOrPartitionException) {
            return Optional.of(topic + " is gone; './hemline topics create' makes it anew");
        }
        if (cause instanceof RecordTooLargeException) {
            return Optional.of("a record is larger than " + topic + " takes; raise its max.message.bytes");
        }
        if (cause instanceof TimeoutException) {
            return Optional.of("brokers do not do in time what is asked: " + cause.getMessage());
        }
        return cause instanceof ProcessorStateException || cause instanceof IOException
                ? Optional.of("local files cannot be written: " + root(cause).getMessage()
                        + "; is the disk of --state-dir or of java.io.tmpdir full or read-only?")
                : Optional.empty();
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
