package dev.hemline.fashionmnist;

import java.io.IOException;
import java.nio.file.Path;

/** One way to get the dataset where this machine does not have it. */
interface FetchWay {

    /** Where it gets the files from, for the error that lists every way that failed. */
    String from();

    /**
     * Puts the four files, packed or not, into a folder, which is there and empty.
     *
     * @throws IOException if it cannot; the message says why in words for a person
     */
    void fetchInto(Path folder) throws IOException;
}
