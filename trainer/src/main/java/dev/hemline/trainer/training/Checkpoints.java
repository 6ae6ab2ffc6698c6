package dev.hemline.trainer.training;

import dev.hemline.model.network.Network;
import dev.hemline.service.UserError;
import java.util.Optional;

/** Where a training writes itself down after each epoch. */
public interface Checkpoints {

    /**
     * The latest checkpoint, if there is one to go on from.
     *
     * @throws UserError if it cannot be used
     */
    Optional<Checkpoint> latest(Network network);

    /**
     * Keeps this checkpoint.
     *
     * @throws UserError if it cannot be kept; the one before still is
     */
    void save(Checkpoint checkpoint);

    /** Keeps nothing. */
    static Checkpoints none() {
        return new Checkpoints() {
            @Override
            public Optional<Checkpoint> latest(Network network) {
                return Optional.empty();
            }

            @Override
            public void save(Checkpoint checkpoint) {}
        };
    }
}
