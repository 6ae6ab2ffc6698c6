package dev.hemline.control.models;

import dev.hemline.service.UserError;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Supplier;

/** Changes of a model by several at once, each as if nobody else steered it at that time. */
final class Steering {
    private static final int ATTEMPTS = 5;

    private Steering() {}

    /**
     * Decides on a change and makes it; where somebody else began meanwhile, it looks and decides again.
     *
     * @param open looks
     * @param change decides by what it is given, and writes at most once
     * @throws UserError if the change is refused, or others have been quicker five times
     */
    static <T> T change(Supplier<ModelAdmin> open, Function<ModelAdmin, T> change) {
        for (int attempt = 1; ; attempt++) {
            try (ModelAdmin admin = open.get()) {
                return change.apply(admin);
            } catch (SteeredMeanwhileException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
            pause(attempt);
        }
    }

    /** By chance, so that two do not fence each other for ever, and long enough for the other to end, which nobody tells. */
    private static void pause(int attempt) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(500L * attempt, 1_500L * attempt));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserError("Interrupted before anything was changed", e);
        }
    }
}
