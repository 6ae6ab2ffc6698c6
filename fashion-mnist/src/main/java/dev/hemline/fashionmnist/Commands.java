package dev.hemline.fashionmnist;

import java.io.IOException;
import java.nio.file.Path;

/** Runs other programs. */
interface Commands {

    /**
     * Runs one to its end.
     *
     * @param folder where it runs
     * @throws IOException if it cannot be started, takes too long or fails; the message holds what it said last
     */
    void run(Path folder, String... command) throws IOException;
}
