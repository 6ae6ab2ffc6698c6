package dev.hemline.classifier.fetch;

import dev.hemline.classifier.fetch.Reservation.NoRoomException;
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
 * room until its event has its outcome.
 */
final class Store implements Readiness, AutoCloseable {
    /** Object stores answer in 20 to 100 ms: some hundreds of pictures a second. */
    static final int THREADS = 32;

    private final String name;
    private final Source source;
    private final int maxBytes;
    private final Duration patience;
    private final Counter fetched;
    private final Counter refused;
    private final Counter failed;
    private final Counter noRoom;
    private final Semaphore urgent;
    private final Semaphore ahead;
    /** Nothing is asked for ahead that would have no room if it is as large as this one. */
    private volatile int lastBytes;

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
        noRoom = tries("no-room", metrics);
        int room = Math.max(Reservation.kib(maxBytes), Reservation.kib(roomBytes));
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

    void fetch(Claim claim) {
        claim.awaits(questions.ask(claim));
    }

    /** Nothing, if it is not needed yet and there is no room to have it ahead. */
    private Optional<byte[]> answer(Claim claim, Duration waited) throws IOException, InterruptedException {
        boolean needed = claim.isUrgent();
        var room = new Reservation(needed ? urgent : ahead, needed, maxBytes);
        boolean kept = false;
        try {
            if (!needed) {
                room.resize(lastBytes);
            }
            byte[] picture = got(claim, room, waited);
            kept = claim.keep(room);
            return Optional.of(picture);
        } catch (NoRoomException e) {
            return Optional.empty();
        } finally {
            if (!kept) {
                room.close();
            }
        }
    }

    private byte[] got(Claim claim, Reservation room, Duration waited)
            throws IOException, InterruptedException, NoRoomException {
        Counter result = failed;
        try {
            byte[] picture = source.get(claim.place(), room);
            lastBytes = room.bytes();
            room.shrink(picture.length);
            if (!MessageDigest.isEqual(sha256(picture), claim.sha256())) {
                throw FetchList.refused(
                        claim.place().uri().toString(),
                        "it is not what contentSha256 says; never write over a picture, and send the SHA-256 of the whole file");
            }
            result = fetched;
            return picture;
        } catch (NoRoomException e) {
            result = noRoom;
            throw e;
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
