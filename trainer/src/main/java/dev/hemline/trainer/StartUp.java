package dev.hemline.trainer;

import dev.hemline.service.Readiness;
import java.util.Optional;

/** Says what a trainer that starts is still waiting for. */
final class StartUp implements Readiness {
    private volatile Optional<String> missing = Optional.of("starting");

    void waitingFor(String what) {
        missing = Optional.of(what);
    }

    /** There is nothing left to wait for: it trains, or would if it were asked. */
    void done() {
        missing = Optional.empty();
    }

    @Override
    public Optional<String> reasonNotReady() {
        return missing;
    }
}
