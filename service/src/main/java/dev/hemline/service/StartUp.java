package dev.hemline.service;

import java.util.Optional;

/** Says what an app that starts is still waiting for, and from then on what the app itself says. */
public final class StartUp implements Readiness {
    private volatile Readiness now = () -> Optional.of("starting");

    public void waitingFor(String what) {
        now = () -> Optional.of(what);
    }

    /** @param lasting whether the app, now that it has started, does its work */
    public void done(Readiness lasting) {
        now = lasting;
    }

    @Override
    public Optional<String> reasonNotReady() {
        return now.reasonNotReady();
    }
}
