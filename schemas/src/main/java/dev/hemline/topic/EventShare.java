package dev.hemline.topic;

/**
 * A share of all events, chosen by a hash of their ids: every instance and every recount chooses the same ones. Shares of
 * different purposes have nothing to do with each other, nor with partitions.
 */
public final class EventShare {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final int SIGNIFICANT_BITS = 53;

    private final double share;
    private final long seed;

    /**
     * @param purpose what it is chosen for, for instance the name of a topic
     * @throws IllegalArgumentException if the share is not 0 to 1
     */
    public EventShare(String purpose, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("a share is 0 to 1, not " + share);
        }
        this.share = share;
        this.seed = hash(FNV_OFFSET, purpose);
    }

    /** 0 to 1. */
    public double share() {
        return share;
    }

    /** Whether the event of this id is one of them. */
    public boolean has(String id) {
        return share > 0 && position(id) < share;
    }

    /** Where an id lies between 0 and 1, exclusively; ids lie there evenly. The share is what lies below it. */
    public double position(String id) {
        return (mixed(hash(seed, id)) >>> (Long.SIZE - SIGNIFICANT_BITS)) * 0x1p-53;
    }

    /** FNV-1a. */
    private static long hash(long begin, String text) {
        long hash = begin;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return hash;
    }

    /** MurmurHash3's finalizer: ids that differ in the last figure alone lie far apart. */
    private static long mixed(long hash) {
        long mixed = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }
}
