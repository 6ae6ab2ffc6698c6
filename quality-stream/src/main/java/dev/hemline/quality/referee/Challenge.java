package dev.hemline.quality.referee;

import dev.hemline.model.publish.PublishedVersions;
import java.time.Instant;
import java.util.Optional;

/**
 * That one version shadows another right now, by what stands on topic {@code models}.
 *
 * @param since when it was named
 */
record Challenge(Pairing pairing, Instant since) {
    /** Empty where nothing challenges what serves. */
    static Optional<Challenge> of(PublishedVersions model) {
        return model.shadowing()
                .flatMap(challenger -> model.serving()
                        .map(champion -> new Challenge(
                                new Pairing(model.name(), champion.getVersion(), challenger.getVersion()),
                                challenger.getSetAt())));
    }

    boolean isOf(Pairing other) {
        return pairing.equals(other);
    }
}
