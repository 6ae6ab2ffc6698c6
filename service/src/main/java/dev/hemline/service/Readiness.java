package dev.hemline.service;

import java.util.Optional;
import java.util.function.Supplier;

/** Whether an app does its work right now. Called from HTTP threads. */
@FunctionalInterface
public interface Readiness {
    Readiness ALWAYS = Optional::empty;

    /** Empty when ready; else why not, in a few words for a person. */
    Optional<String> reasonNotReady();

    /** What is not as it should be though the app does its work, in a few words for a person. */
    default Optional<String> remark() {
        return Optional.empty();
    }

    /** Ready when both are; the reason, or the remark, of this one comes first. */
    default Readiness and(Readiness other) {
        return of(() -> reasonNotReady().or(other::reasonNotReady), () -> remark().or(other::remark));
    }

    /** Always ready, with what may be said beside it. */
    static Readiness remarking(Supplier<Optional<String>> remark) {
        return of(Optional::empty, remark);
    }

    private static Readiness of(Supplier<Optional<String>> reason, Supplier<Optional<String>> remark) {
        return new Readiness() {
            @Override
            public Optional<String> reasonNotReady() {
                return reason.get();
            }

            @Override
            public Optional<String> remark() {
                return remark.get();
            }
        };
    }
}
