package dev.hemline.service;

import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;

/** Says in one sentence why Kafka does not do what is needed. Its clients tell the reason last, under several others. */
public final class KafkaProblem {
    private KafkaProblem() {}

    /** For instance {@code no broker answers at kafka-1:9092}. */
    public static String sentence(KafkaSettings kafka, Throwable failure) {
        Throwable reason = reason(failure);
        if (isUnresolvable(reason)) {
            return "the name of no broker in " + kafka.bootstrapServers() + " can be resolved";
        }
        return reason instanceof TimeoutException
                ? "no broker answers at " + kafka.bootstrapServers()
                : "Kafka at " + kafka.bootstrapServers() + " does not do what is needed: " + reason.getMessage();
    }

    /** For a command that cannot go on: the sentence, and what to look at. */
    public static UserError error(KafkaSettings kafka, Throwable failure) {
        return new UserError(withAdvice(sentence(kafka, failure)), failure);
    }

    static String withAdvice(String sentence) {
        return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1)
                + "; is the broker running, and is --bootstrap-servers right?";
    }

    /** Where the reason is Kafka's own and no mistake of ours: a sentence that needs no stack trace. */
    static Optional<String> refusal(Throwable failure) {
        Throwable reason = reason(failure);
        if (isUnresolvable(reason)) {
            return Optional.of("The name of no broker in --bootstrap-servers can be resolved");
        }
        return failure instanceof KafkaException && reason instanceof KafkaException
                ? Optional.of(failure == reason ? message(reason) : message(failure) + ": " + message(reason))
                : Optional.empty();
    }

    private static String message(Throwable failure) {
        return failure.getClass().getSimpleName() + ", " + failure.getMessage();
    }

    /** Whether it may go away by itself: brokers that start, or a name that will be known. */
    public static boolean mayPass(Throwable failure) {
        Throwable reason = reason(failure);
        return reason instanceof RetriableException || isUnresolvable(reason);
    }

    private static boolean isUnresolvable(Throwable reason) {
        return reason instanceof ConfigException
                && String.valueOf(reason.getMessage()).contains("No resolvable");
    }

    /** The last of a failure's causes, which may be itself. */
    public static Throwable reason(Throwable failure) {
        Throwable reason = failure;
        while (reason.getCause() != null) {
            reason = reason.getCause();
        }
        return reason;
    }
}
