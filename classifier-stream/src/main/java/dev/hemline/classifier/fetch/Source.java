package dev.hemline.classifier.fetch;

import dev.hemline.classifier.fetch.FetchList.Place;
import dev.hemline.classifier.fetch.Reservation.NoRoomException;
import dev.hemline.topic.NotFetchedException;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** What pictures are read from. Thread-safe. */
interface Source extends Closeable {
    /**
     * All bytes of a picture.
     *
     * @param room that is taken for them once their number is known, and before they are read
     * @throws NoRoomException if there is none
     * @throws NotFetchedException if they cannot be had, now or later
     * @throws IOException if they can perhaps be had later; why, its message says
     */
    byte[] get(Place place, Reservation room) throws IOException, InterruptedException, NoRoomException;

    @Override
    default void close() throws IOException {}

    /** @param length of the whole; negative if nobody knows */
    static byte[] readAll(InputStream in, long length, Place place, Reservation room)
            throws IOException, InterruptedException, NoRoomException {
        int maxBytes = room.maxBytes();
        byte[] bytes = new byte[0];
        if (length <= maxBytes) {
            room.resize(length < 0 ? maxBytes : length);
            bytes = in.readNBytes((int) Math.min(Integer.MAX_VALUE, length < 0 ? maxBytes + 1L : length));
        }
        if (length > maxBytes || bytes.length > maxBytes) {
            throw FetchList.refused(
                    place.uri().toString(),
                    "it has " + (length < 0 ? "more than " + maxBytes : length + "") + " bytes, at most " + maxBytes
                            + " are taken; send a smaller picture");
        }
        if (length >= 0 && bytes.length < length) {
            throw new EOFException("it ends after " + bytes.length + " of " + length + " bytes");
        }
        return bytes;
    }
}
