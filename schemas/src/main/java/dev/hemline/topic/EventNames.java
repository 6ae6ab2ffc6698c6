package dev.hemline.topic;

import java.util.Optional;

/**
 * What an event is called, and where it comes from.
 *
 * @param id empty where it is none by which an event may be called
 * @param source empty where it says none
 */
public record EventNames(Optional<String> id, String source) {
    /** Of an event that cannot be read. */
    public static final EventNames NONE = new EventNames(Optional.empty(), "");
}
