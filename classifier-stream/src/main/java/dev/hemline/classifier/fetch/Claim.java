package dev.hemline.classifier.fetch;

import dev.hemline.classifier.fetch.FetchList.Place;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One event's right to a picture that is elsewhere, and the room that the picture takes until the event has its outcome. Thread-safe;
 * compared by identity.
 */
final class Claim {
    private final Place place;
    private final byte[] sha256;
    private volatile boolean urgent;
    private @Nullable CompletableFuture<Optional<byte[]>> picture;
    private @Nullable Reservation room;
    private boolean over;

    /** @param urgent whether its partition goes no further without it */
    Claim(Place place, byte[] sha256, boolean urgent) {
        this.place = place;
        this.sha256 = sha256;
        this.urgent = urgent;
    }

    Place place() {
        return place;
    }

    byte[] sha256() {
        return sha256;
    }

    boolean isUrgent() {
        return urgent;
    }

    void makeUrgent() {
        urgent = true;
    }

    synchronized void awaits(CompletableFuture<Optional<byte[]>> answer) {
        picture = answer;
    }

    /** Empty while it is not there; holds nothing if there was no room to fetch it ahead. */
    synchronized Optional<CompletableFuture<Optional<byte[]>>> picture() {
        return Optional.ofNullable(picture).filter(CompletableFuture::isDone);
    }

    /** Keeps the room of what was fetched, if anybody still wants that. */
    synchronized boolean keep(Reservation taken) {
        if (!over) {
            room = taken;
        }
        return !over;
    }

    /** Its event has its outcome, or goes elsewhere. */
    synchronized void end() {
        over = true;
        if (picture != null) {
            picture.cancel(false);
        }
        if (room != null) {
            room.close();
            room = null;
        }
    }
}
