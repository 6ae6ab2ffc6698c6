package dev.hemline.quality.request;

import dev.hemline.event.RequestReason;

/** Hears what is asked for, on the thread that asks, before it is committed; after a crash some of it is done again. */
interface RequestListener {
    void asked(RequestReason reason);

    /** A label that was asked for has come. */
    void answered(RequestReason reason);

    /** Why a record of a topic counts for nothing, as the end of a sentence, for people. */
    void passedOver(String topic, String why);
}
