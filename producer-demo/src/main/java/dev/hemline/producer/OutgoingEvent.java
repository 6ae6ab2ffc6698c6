package dev.hemline.producer;

import org.jspecify.annotations.Nullable;

/** One record for the topic of image events, ready to be sent. */
final class OutgoingEvent {

    private final EventKind kind;
    private final String id;
    private final int label;
    private final byte @Nullable [] value;

    OutgoingEvent(EventKind kind, String id, int label, byte @Nullable [] value) {
        this.kind = kind;
        this.id = id;
        this.label = label;
        this.value = value;
    }

    EventKind kind() {
        return kind;
    }

    /** The event's id, also the record's key. */
    String id() {
        return id;
    }

    /** The true class of the picture. */
    int label() {
        return label;
    }

    /** The record's value; bad events may have none. */
    byte @Nullable [] value() {
        return value;
    }
}
