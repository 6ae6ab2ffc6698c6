package dev.hemline.service;

import java.util.Optional;

/** Whether an app does its work right now. Called from HTTP threads. */
@FunctionalInterface
public interface Readiness {
    Readiness ALWAYS = Optional::empty;

    /** Empty when ready; else why not, in a few words for a person. */
    Optional<String> reasonNotReady();

    /** Ready when both are; the reason of this one comes first. */
    default Readiness and(Readiness other) {
        return () -> reasonNotReady().or(other::reasonNotReady);
    }
}
