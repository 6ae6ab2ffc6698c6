package dev.hemline.benchmarks.latency;

import dev.hemline.benchmarks.stream.VersionedModel;
import dev.hemline.service.UserError;
import dev.hemline.testbed.child.ChildProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.HdrHistogram.Histogram;

/** Puts loads onto whichever process classifies, and waits for all their results. */
final class Workload {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration TICK = Duration.ofMillis(10);
    /** In which the sender's thread is there. */
    private static final Duration HEAD_START = Duration.ofMillis(100);

    private static final double MICROS = 1e3;

    private final OpenLoopSender sender;
    private final EventProducer producer;
    private final ResultReader committed;
    private final ResultReader uncommitted;
    private final VersionedModel model;

    Workload(
            OpenLoopSender sender,
            EventProducer producer,
            ResultReader committed,
            ResultReader uncommitted,
            VersionedModel model) {
        this.sender = sender;
        this.producer = producer;
        this.committed = committed;
        this.uncommitted = uncommitted;
        this.model = model;
    }

    /**
     * One load from its first event to its last result.
     *
     * @param swaps model versions to publish in the time that counts
     */
    LoadResult put(ChildProcess process, LoadIds ids, Schedule schedule, int swaps) throws InterruptedException {
        Receipts late = committed.expect(ids, schedule);
        Receipts early = uncommitted.expect(ids, schedule);
        Instant start = Instant.now().plus(HEAD_START);
        CompletableFuture<Histogram> sending = CompletableFuture.supplyAsync(
                () -> sender.send(ids, schedule, start), work -> new Thread(work, "sender").start());
        for (Duration moment : schedule.moments(swaps)) {
            sleepUntil(start.plus(moment));
            model.publish();
        }
        Histogram lateness = join(sending);
        int waiting = schedule.events() - late.received();
        producer.flush();
        awaitAll(process, schedule.events(), late, early);
        return new LoadResult(
                late.latency(),
                early.latency(),
                late.swaps(),
                waiting <= schedule.rate(),
                lateness.getValueAtPercentile(99) / MICROS);
    }

    private static void sleepUntil(Instant moment) throws InterruptedException {
        Thread.sleep(Math.max(0, Duration.between(Instant.now(), moment).toMillis()));
    }

    private static Histogram join(CompletableFuture<Histogram> sending) {
        try {
            return sending.join();
        } catch (CompletionException e) {
            throw new UserError("The sender failed: " + e.getCause(), e);
        }
    }

    private void awaitAll(ChildProcess process, int events, Receipts... readers) throws InterruptedException {
        int last = -1;
        Instant deadline = Instant.now();
        while (true) {
            process.requireRunning();
            committed.requireReading();
            uncommitted.requireReading();
            int fewest = events;
            for (Receipts reader : readers) {
                fewest = Math.min(fewest, reader.received());
            }
            if (fewest >= events) {
                return;
            }
            if (fewest > last) {
                last = fewest;
                deadline = Instant.now().plus(PATIENCE);
            } else if (Instant.now().isAfter(deadline)) {
                throw new UserError("No result for " + PATIENCE.toSeconds() + " s, after " + last + " of " + events
                        + " events; see " + process.log());
            }
            Thread.sleep(TICK.toMillis());
        }
    }
}
