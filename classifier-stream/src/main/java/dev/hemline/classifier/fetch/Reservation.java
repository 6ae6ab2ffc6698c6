package dev.hemline.classifier.fetch;

import java.util.concurrent.Semaphore;

/** What one picture takes of a store's room, from before its bytes are read until its event has its outcome. For one thread at a time. */
final class Reservation implements AutoCloseable {
    private static final int KIB = 1024;

    private final Semaphore room;
    private final boolean patient;
    private final int maxBytes;
    private int taken;

    /**
     * @param room in KiB, as all of this
     * @param patient whether it waits until there is room
     * @param maxBytes of a picture
     */
    Reservation(Semaphore room, boolean patient, int maxBytes) {
        this.room = room;
        this.patient = patient;
        this.maxBytes = maxBytes;
    }

    static int kib(long bytes) {
        return (int) Math.min(Integer.MAX_VALUE, (bytes + KIB - 1) / KIB);
    }

    int maxBytes() {
        return maxBytes;
    }

    int bytes() {
        return (int) Math.min(Integer.MAX_VALUE, (long) taken * KIB);
    }

    /**
     * Takes room for so many bytes, in place of what it had: none that waits keeps others out.
     *
     * @throws NoRoomException if there is none now, and this is not patient
     */
    void resize(long bytes) throws InterruptedException, NoRoomException {
        close();
        int wanted = kib(bytes);
        if (patient) {
            room.acquire(wanted);
        } else if (!room.tryAcquire(wanted)) {
            throw new NoRoomException();
        }
        taken = wanted;
    }

    /** Gives back what is not needed after all. */
    void shrink(long bytes) {
        int kept = Math.min(taken, kib(bytes));
        room.release(taken - kept);
        taken = kept;
    }

    @Override
    public void close() {
        room.release(taken);
        taken = 0;
    }

    /** There is no room for a picture now. */
    static final class NoRoomException extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
