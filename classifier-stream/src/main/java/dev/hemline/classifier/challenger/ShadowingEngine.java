package dev.hemline.classifier.challenger;

import dev.hemline.classifier.outcome.Outcome;
import dev.hemline.classifier.prefetch.PrefetchedOutcomes.Engine;
import dev.hemline.topic.EventNames;
import dev.hemline.topic.EventShare;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Has a share of events answered, while there is a version to try; all others are skipped, so that none waits for a model.
 * Which, their ids say: every instance and every recount chooses the same ones. Thread-safe.
 */
public final class ShadowingEngine implements Engine {
    private static final Optional<CompletableFuture<Outcome>> SKIPPED =
            Optional.of(CompletableFuture.completedFuture(new Outcome.Skipped()));

    private static final List<Optional<CompletableFuture<Outcome>>> NONE = List.of();

    private final Engine engine;
    private final EventShare share;
    private final BooleanSupplier challenges;

    /** @param challenges whether there is a version to try, and it can answer */
    public ShadowingEngine(Engine engine, EventShare share, BooleanSupplier challenges) {
        this.engine = engine;
        this.share = share;
        this.challenges = challenges;
    }

    @Override
    public List<Optional<CompletableFuture<Outcome>>> submit(List<ConsumerRecord<byte[], byte[]>> events) {
        Queue<ConsumerRecord<byte[], byte[]>> asked = new ArrayDeque<>(
                challenges.getAsBoolean()
                        ? events.stream().filter(this::isInShare).toList()
                        : List.of());
        Iterator<Optional<CompletableFuture<Outcome>>> answers =
                (asked.isEmpty() ? NONE : engine.submit(List.copyOf(asked))).iterator();
        List<Optional<CompletableFuture<Outcome>>> outcomes = new ArrayList<>(events.size());
        Set<Integer> behind = new HashSet<>();
        for (ConsumerRecord<byte[], byte[]> event : events) {
            boolean isAsked = asked.peek() == event;
            Optional<CompletableFuture<Outcome>> outcome = isAsked ? answers.next() : SKIPPED;
            if (isAsked) {
                asked.remove();
            }
            // What was not taken on is shown again, and so is all behind it.
            if (outcome.isEmpty() || behind.contains(event.partition())) {
                behind.add(event.partition());
                outcome = Optional.empty();
            } else if (!isAsked) {
                // Its picture may have been fetched ahead.
                engine.done(event);
            }
            outcomes.add(outcome);
        }
        return outcomes;
    }

    /** One whose id cannot be told is taken for one of them: it is none, or whoever answers it waits until it can be told. */
    private boolean isInShare(ConsumerRecord<byte[], byte[]> event) {
        return engine.names(event).id().map(share::has).orElse(true);
    }

    @Override
    public boolean canRead(ConsumerRecord<byte[], byte[]> event) {
        return engine.canRead(event);
    }

    @Override
    public EventNames names(ConsumerRecord<byte[], byte[]> event) {
        return engine.names(event);
    }

    @Override
    public void done(ConsumerRecord<byte[], byte[]> event) {
        engine.done(event);
    }

    @Override
    public void forget(int partition) {
        engine.forget(partition);
    }
}
