package dev.hemline.image;

import dev.hemline.event.ModelInput;
import java.nio.ByteBuffer;
import java.time.Duration;

/** A picture of which only the header has been read: what it takes is known, and decoding it is still to be done. */
public interface OpenPicture {
    /**
     * What decoding takes of a slow core, at most: estimated by format, size, depth and passes, as measured for each. So
     * a batch can be bounded by the work that its pictures are.
     */
    Duration work();

    /**
     * Appends the picture to a batch.
     *
     * @param target receives channels × height × width unsigned bytes at its position, channel after channel
     * @throws UnfitImageException if the picture is damaged; {@code target} is then as it was
     */
    void decode(ModelInput input, ByteBuffer target) throws UnfitImageException;
}
