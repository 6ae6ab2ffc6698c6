package dev.hemline.service;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Questions to somebody who may be away: as long as there is no answer to one, it is asked again, more and more seldom. Not ready
 * while one that was asked has none. Thread-safe.
 *
 * @param <Q> compared by {@code equals}: what is being asked already is not asked beside it
 */
public final class Questions<Q, A> implements Readiness, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Questions.class);
    private static final long FIRST_PAUSE_MILLIS = 100;
    /** As long as events wait longer than need be. */
    private static final long LONGEST_PAUSE_MILLIS = 2_000;

    private static final int MOST_DOUBLINGS = 5;

    private final ScheduledExecutorService threads;
    private final Asked<Q, A> asked;
    private final Class<? extends Exception> refusal;
    private final String name;
    private final Function<Q, String> waiting;
    private final Map<Q, Awaited> awaited = new ConcurrentHashMap<>();
    private final LogThrottle line = new LogThrottle();

    /** Who answers. */
    @FunctionalInterface
    public interface Asked<Q, A> {
        /**
         * @param waited since it was asked first
         * @throws Exception whatever is no refusal means that there is no answer yet; why, its message says
         */
        A answer(Q question, Duration waited) throws Exception;
    }

    private final class Awaited {
        private final Q question;
        private final long sinceNanos = System.nanoTime();
        private final CompletableFuture<A> answer = new CompletableFuture<>();
        private int times;
        /** Why there was no answer the last time. */
        private volatile @Nullable String why;

        Awaited(Q question) {
            this.question = question;
        }
    }

    /**
     * @param threads that ask; closed with this
     * @param refusal what is thrown instead of an answer, and is as good as one
     * @param name for the log: who it is that answers again
     * @param waiting what waits for the answer, as the beginning of a sentence
     */
    public Questions(
            ScheduledExecutorService threads,
            Asked<Q, A> asked,
            Class<? extends Exception> refusal,
            String name,
            Function<Q, String> waiting) {
        this.threads = threads;
        this.asked = asked;
        this.refusal = refusal;
        this.name = name;
        this.waiting = waiting;
    }

    /** The answer, whenever there is one; fails with a refusal. One that is cancelled is not asked again. */
    public CompletableFuture<A> ask(Q question) {
        Awaited added = new Awaited(question);
        Awaited present = awaited.putIfAbsent(question, added);
        if (present != null) {
            return present.answer;
        }
        threads.execute(() -> ask(added));
        return added.answer;
    }

    private void ask(Awaited one) {
        try {
            if (one.answer.isDone()) {
                answered(one);
                return;
            }
            A answer = asked.answer(one.question, Duration.ofNanos(System.nanoTime() - one.sinceNanos));
            answered(one);
            one.answer.complete(answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception | Error e) {
            if (refusal.isInstance(e)) {
                answered(one);
                one.answer.completeExceptionally(e);
            } else {
                askAgain(one, e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
            }
        }
    }

    private void answered(Awaited one) {
        awaited.remove(one.question);
        if (one.why != null && awaited.values().stream().allMatch(other -> other.why == null)) {
            LOG.info("{} answers again, and what waited for it is read", name);
        }
    }

    private void askAgain(Awaited one, String why) {
        one.why = why;
        reasonNotReady().filter(line::isDue).ifPresent(LOG::warn);
        long pause = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(one.times++, MOST_DOUBLINGS));
        if (!threads.isShutdown()) {
            var unused = threads.schedule(() -> ask(one), pause, TimeUnit.MILLISECONDS);
        }
    }

    /** How long the oldest question has had no answer; 0 if there is none. */
    public double waitSeconds() {
        long now = System.nanoTime();
        return awaited.values().stream()
                        .mapToLong(one -> now - one.sinceNanos)
                        .max()
                        .orElse(0)
                / 1e9;
    }

    @Override
    public Optional<String> reasonNotReady() {
        return awaited.values().stream()
                .filter(one -> one.why != null)
                .findFirst()
                .map(one -> waiting.apply(one.question) + ": " + one.why + "; it is asked again and again");
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
