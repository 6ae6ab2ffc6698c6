package dev.hemline.service;

import dev.hemline.topic.Topic;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for Kafka as long as it takes, for apps that run on; commands that a person waits for give up instead. Says what an
 * app that starts is still waiting for, and from then on what the app itself says.
 */
public final class StartUp implements Readiness {
    private static final Logger LOG = LoggerFactory.getLogger(StartUp.class);
    private static final int PATIENCE_MS = 10_000;
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private volatile Readiness now = () -> Optional.of("starting");

    /**
     * Tries once.
     *
     * @return whether every topic is there now
     * @throws UserError if brokers answer and refuse, or a topic cannot be worked with
     */
    public static boolean findsKafka(KafkaSettings kafka, Collection<? extends Topic<?, ?>> topics) {
        return problem(kafka, topics).isEmpty();
    }

    /**
     * Returns when every topic is there. While no broker answers, it says so each minute.
     *
     * @return false if the end was asked for meanwhile
     * @throws UserError if brokers answer and refuse, or a topic cannot be worked with
     */
    public boolean awaitKafka(KafkaSettings kafka, Collection<? extends Topic<?, ?>> topics, StopSignal stop) {
        waitingFor("reaching Kafka at " + kafka.bootstrapServers());
        var line = new LogThrottle();
        do {
            Optional<String> problem = problem(kafka, topics);
            if (problem.isEmpty()) {
                return true;
            }
            waitingFor("waiting for Kafka: " + problem.get());
            if (line.isDue(problem.get())) {
                LOG.warn("Waiting for Kafka: {}; this goes on by itself once that is put right", problem.get());
            }
        } while (!stop.await(PAUSE));
        return false;
    }

    /** What gives an answer, or fails because somebody else does not. */
    @FunctionalInterface
    public interface Attempt<T> {
        T now() throws IOException;
    }

    /**
     * Returns what an attempt gives, once it does. As long as it fails, it says so each minute.
     *
     * @param whom it takes, for people
     * @return empty if the end was asked for meanwhile
     */
    public <T> Optional<T> await(String whom, Attempt<T> attempt, StopSignal stop) {
        var line = new LogThrottle();
        do {
            try {
                return Optional.of(attempt.now());
            } catch (IOException e) {
                String waiting = "waiting for " + whom + ": " + e.getMessage();
                waitingFor(waiting);
                if (line.isDue(waiting)) {
                    LOG.warn("Start is {}; this goes on by itself once that is put right", waiting);
                }
            }
        } while (!stop.await(PAUSE));
        return Optional.empty();
    }

    private static Optional<String> problem(KafkaSettings kafka, Collection<? extends Topic<?, ?>> topics) {
        Optional<BrokerCall.Problem> nobody = BrokerCall.problem(kafka);
        if (nobody.isPresent()) {
            return nobody.map(BrokerCall.Problem::sentence);
        }
        try {
            KafkaTopics.ensure(kafka, topics, PATIENCE_MS);
            return Optional.empty();
        } catch (UserError e) {
            if (e.getCause() == null || !KafkaProblem.mayPass(e.getCause())) {
                throw e;
            }
            return Optional.of(KafkaProblem.sentence(kafka, e.getCause()));
        }
    }

    public void waitingFor(String what) {
        now = () -> Optional.of(what);
    }

    /** @param lasting whether the app, now that it has started, does its work */
    public void done(Readiness lasting) {
        now = lasting;
    }

    @Override
    public Optional<String> reasonNotReady() {
        return now.reasonNotReady();
    }
}
