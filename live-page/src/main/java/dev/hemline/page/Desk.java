package dev.hemline.page;

import dev.hemline.image.UnfitImageException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Where visitors of the page hand in their pictures, and wait for what becomes of them. */
interface Desk extends AutoCloseable {
    /**
     * What became of a picture.
     *
     * @param id of its event
     * @param answer null if there was none in time
     */
    record Reply(String id, @Nullable Answered answer) {}

    /**
     * Returns when the outcome is known, or nobody waits for it any longer.
     *
     * @throws UnfitImageException if these bytes are no picture of a kind that is read; nothing was sent then
     * @throws ExecutionException if brokers did not take the event
     */
    Reply ask(byte[] content) throws UnfitImageException, ExecutionException, InterruptedException;

    @Override
    default void close() {}
}
