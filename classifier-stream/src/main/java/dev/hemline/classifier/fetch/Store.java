package dev.hemline.classifier.fetch;

import dev.hemline.service.DaemonThreads;
import dev.hemline.service.Questions;
import dev.hemline.service.Readiness;
import dev.hemline.topic.NotFetchedException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * One store of pictures, with threads and room of its own: however slow it is, others do not wait for it. What is needed next and
 * what is fetched ahead have a room each, so that what was fetched too early never keeps out what it waits behind. A picture takes
 * room until its event has its outcome; one that is on its way takes as much as the largest.
 */
final class Store implements Readiness, AutoCloseable {
    static final int THREADS = 16;
    private static final int KIB = 1024;

    private final String name;
    private final Source source;
    private final int maxBytes;
    private final Duration patience;
    private final Counter fetched;
    private final Counter refused;
    private final Counter failed;
    private final Semaphore urgent;
    private final Semaphore ahead;
    private final Questions<Claim, Optional<byte[]>> questions;

    /**
     * @param roomBytes for what is needed next, and again for what is fetched ahead
     * @param patience with one event's picture, before the event is given up
     */
    Store(String name, Source source, int maxBytes, long roomBytes, Duration patience, MeterRegistry metrics) {
        this.name = name;
        this.source = source;
        this.maxBytes = maxBytes;
        this.patience = patience;
        fetched = tries("fetched", metrics);
        refused = tries("refused", metrics);
        failed = tries("failed", metrics);
        int room = (int) Math.min(Integer.MAX_VALUE, Math.max(kib(maxBytes), roomBytes / KIB));
        urgent = new Semaphore(room, true);
        ahead = new Semaphore(room, true);
        questions = new Questions<>(
                DaemonThreads.scheduled("fetch", THREADS),
                this::answer,
                NotFetchedException.class,
                name,
                claim -> "events wait for pictures of " + name);
        Gauge.builder("hemline.fetch.wait", questions, Questions::waitSeconds)
                .description("How long events have waited for a picture of a store; 0 while none do")
                .baseUnit("seconds")
                .tag("store", name)
                .register(metrics);
    }

    private Counter tries(String result, MeterRegistry metrics) {
        return Counter.builder("hemline.fetches")
                .description("Tries to fetch a picture")
                .tag("store", name)
                .tag("result", result)
                .register(metrics);
    }

    private static int kib(int bytes) {
        return (int) (((long) bytes + KIB - 1) / KIB);
    }

    void fetch(Claim claim) {
        claim.awaits(questions.ask(claim));
    }

    /** Nothing, if it is not needed yet and there is no room to have it ahead. */
    private Optional<byte[]> answer(Claim claim, Duration waited) throws IOException, InterruptedException {
        Semaphore room = claim.isUrgent() ? urgent : ahead;
        int most = kib(maxBytes);
        if (room == urgent) {
            room.acquire(most);
        } else if (!room.tryAcquire(most)) {
            return Optional.empty();
        }
        int kept = 0;
        try {
            byte[] picture = got(claim, waited);
            int taken = kib(picture.length);
            if (claim.keep(() -> room.release(taken))) {
                kept = taken;
            }
            return Optional.of(picture);
        } finally {
            room.release(most - kept);
        }
    }

    private byte[] got(Claim claim, Duration waited) throws IOException {
        Counter result = failed;
        try {
            byte[] picture = source.get(claim.place(), maxBytes);
            if (!MessageDigest.isEqual(sha256(picture), claim.sha256())) {
                throw FetchList.refused(
                        claim.place().uri().toString(),
                        "it is not what contentSha256 says; never write over a picture, and send the SHA-256 of the whole file");
            }
            result = fetched;
            return picture;
        } catch (NotFetchedException e) {
            result = refused;
            throw e;
        } catch (IOException | RuntimeException | Error e) {
            if (waited.compareTo(patience) < 0) {
                throw e;
            }
            throw FetchList.refused(
                    claim.place().uri().toString(),
                    (e instanceof IOException ? e.getMessage() : e.toString()) + ", for " + waited.toSeconds()
                            + " s; send it again once its store is back");
        } finally {
            result.increment();
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }

    @Override
    public Optional<String> reasonNotReady() {
        return questions.reasonNotReady();
    }

    @Override
    public void close() {
        questions.close();
        try {
            source.close();
        } catch (IOException e) {
            // Nothing comes from it any more.
        }
    }
}
