package dev.hemline.topic;

import java.util.Locale;

/** Why an event was rejected: a short code that metrics and the dead letter header {@code hemline.reason} carry. */
public enum Rejection {
    /** The bytes are no {@code ImageEvent}, in none of the formats it may have, or a header of the record is none. */
    UNDECODABLE_EVENT,
    /** The event names a writer's schema that is not known, or that is nothing like an {@code ImageEvent}'s. */
    UNKNOWN_SCHEMA,
    /** JSON that is damaged, or no image event. */
    UNDECODABLE_JSON,
    /** The event has no id, so nothing could be said about it later. */
    MISSING_ID,
    /** The event's id or source is longer than any name; its result might not fit on its topic. */
    NAME_TOO_LONG,
    /** The picture's format is none that this release reads. */
    UNSUPPORTED_FORMAT,
    /** A raw picture whose bytes do not match its width and height. */
    SIZE_MISMATCH,
    /** The picture's file is damaged, or is not of the format it claims. */
    UNDECODABLE_IMAGE,
    /** The event says where its picture is, and that is not there, not what the event says, or not to be fetched from here. */
    NOT_FETCHED,
    /** More bytes or pixels than this service decodes. */
    TOO_LARGE,
    /** The network failed on this picture, also when it was alone. */
    INFERENCE_FAILED,
    /** Processes ended while they tried it, for a reason that nobody foresaw. */
    POISON;

    /** For instance {@code size-mismatch}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
