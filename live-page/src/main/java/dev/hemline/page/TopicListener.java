package dev.hemline.page;

import dev.hemline.event.Classification;
import dev.hemline.event.GroundTruth;
import dev.hemline.event.ImageEvent;

/** Hears what is on the topics. Called on the reader's thread. */
interface TopicListener {
    /** An image event, one of many. */
    void sampled(ImageEvent event);

    void classified(Classification result);

    void labelled(GroundTruth truth);

    /** @param reason a short code */
    void rejected(String id, String reason, String message);
}
