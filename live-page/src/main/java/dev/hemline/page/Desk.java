package dev.hemline.page;

import dev.hemline.image.UnfitImageException;
import dev.hemline.page.PictureDesk.Reply;
import dev.hemline.service.KafkaSettings;
import java.util.concurrent.ExecutionException;

/** Where visitors of the page hand in their pictures, and wait for what becomes of them. */
interface Desk extends AutoCloseable {
    /**
     * Returns when the outcome is known, or nobody waits for it any longer.
     *
     * @throws UnfitImageException if these bytes are no picture of a kind that is read; nothing was sent then
     * @throws ExecutionException if brokers did not take the event
     */
    Reply ask(byte[] content) throws UnfitImageException, ExecutionException, InterruptedException;

    /** Something was read; it may be about a picture that somebody waits for. */
    void answered(String id, Answered answer);

    @Override
    void close();

    /** Opens a desk that sends to these brokers, and is told what is read there. */
    interface Opening {
        Desk on(KafkaSettings kafka, TopicWatch topics);
    }
}
