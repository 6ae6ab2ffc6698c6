package dev.hemline.classifier.challenger;

import dev.hemline.classifier.outcome.Outcome;
import dev.hemline.classifier.prefetch.PrefetchedOutcomes.Engine;
import dev.hemline.topic.EventNames;
import dev.hemline.topic.EventShare;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Has a share of events answered, while there is a version to try; all others are skipped unread, so that none waits for a model.
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
        boolean challenging = challenges.getAsBoolean();
        List<Boolean> wanted =
                events.stream().map(event -> challenging && isInShare(event)).toList();
        List<ConsumerRecord<byte[], byte[]>> answered = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            if (wanted.get(i)) {
                answered.add(events.get(i));
            }
        }
        Iterator<Optional<CompletableFuture<Outcome>>> outcomes =
                (answered.isEmpty() ? NONE : engine.submit(answered)).iterator();
        List<Optional<CompletableFuture<Outcome>>> all = new ArrayList<>(events.size());
        Set<Integer> behind = new HashSet<>();
        for (int i = 0; i < events.size(); i++) {
            int partition = events.get(i).partition();
            Optional<CompletableFuture<Outcome>> outcome = wanted.get(i) ? outcomes.next() : SKIPPED;
            if (outcome.isEmpty()) {
                behind.add(partition);
            }
            // What was not taken on is shown again, and so is all behind it.
            all.add(behind.contains(partition) ? Optional.empty() : outcome);
        }
        return all;
    }

    /** One whose id cannot be told yet is taken for one of them: whoever answers it waits until it can. */
    private boolean isInShare(ConsumerRecord<byte[], byte[]> event) {
        return engine.names(event).id().map(share::has).orElseGet(() -> !engine.canRead(event));
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
    public void forget(int partition) {
        engine.forget(partition);
    }
}
