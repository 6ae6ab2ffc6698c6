package dev.hemline.service;

import java.util.Optional;

/** Whether an app does its work right now. Called from HTTP threads. */
@FunctionalInterface
public interface Readiness {
    Readiness ALWAYS = Optional::empty;

    /** Empty when ready; else why not, in a few words for a person. */
    Optional<String> reasonNotReady();
}
