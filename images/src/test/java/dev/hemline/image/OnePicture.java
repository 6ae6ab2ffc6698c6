package dev.hemline.image;

import dev.hemline.event.ModelInput;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Decodes one picture file in a JVM of its own, and fails if that has too little memory. */
final class OnePicture {
    private OnePicture() {}

    public static void main(String[] args) throws Exception {
        var decoder = new ImageDecoder(ImageLimits.DEFAULT, new MemoryBudget(1L << 40));
        decoder.decode(
                Files.readAllBytes(Path.of(args[0])),
                new ModelInput(1, 4, 4, List.of(0f), List.of(1f), false),
                ByteBuffer.allocate(16));
    }
}
