package dev.hemline.producer;

import static dev.hemline.producer.EventSequence.EVENTS;

import dev.hemline.event.ImageEvent;
import dev.hemline.event.ImageFormat;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The ways in which a bad event is bad. None of them leaves a classifier any choice but to refuse it. */
enum Malformation {
    /** Bytes that were never an event. */
    RANDOM_BYTES,
    /** An event that was cut off on its way. */
    TRUNCATED_AVRO,
    /** An event written with a schema that nobody knows. */
    UNKNOWN_FINGERPRINT,
    /** Raw pixels, some too few or too many for width × height. */
    WRONG_SIZE,
    /** A PNG file whose picture data are garbled. */
    CORRUPT_PNG,
    /** An event without a picture. */
    EMPTY_CONTENT,
    /** A record without a value, a tombstone. */
    NULL_VALUE,
    /** Raw pixels with a declared size that is negative, or that overflows into the right number of bytes. */
    ABSURD_DIMENSIONS;

    private static final int HEADER_BYTES = 10;
    private static final int[][] SIZES = {
        {-28, -28}, {Integer.MAX_VALUE, Integer.MAX_VALUE}, {65_536, 65_536}, {(1 << 30) + 196, 4}, {0, 0}
    };

    /**
     * The value of a bad record.
     *
     * @param event the event as it should be
     * @param pixels its picture as 784 raw bytes, not to be changed
     * @param random draws the details
     */
    byte @Nullable [] spoil(ImageEvent event, byte[] pixels, Random random) {
        return switch (this) {
            case RANDOM_BYTES -> {
                byte[] bytes = new byte[1 + random.nextInt(1_000)];
                random.nextBytes(bytes);
                // chance must not begin it with C3 (our framing) or 00 (a registry's)
                bytes[0] = (byte) 0xFF;
                yield bytes;
            }
            case TRUNCATED_AVRO -> {
                byte[] whole = EVENTS.encode(event);
                yield Arrays.copyOf(whole, HEADER_BYTES + random.nextInt(whole.length - HEADER_BYTES));
            }
            case UNKNOWN_FINGERPRINT -> {
                byte[] bytes = EVENTS.encode(event);
                bytes[2 + random.nextInt(HEADER_BYTES - 2)] ^= (byte) (1 + random.nextInt(255));
                yield bytes;
            }
            case WRONG_SIZE -> {
                int difference = 1 + random.nextInt(pixels.length - 1);
                int length = random.nextBoolean() ? pixels.length + difference : pixels.length - difference;
                yield EVENTS.encode(raw(event, Arrays.copyOf(pixels, length)));
            }
            case CORRUPT_PNG -> EVENTS.encode(with(ImageFormat.PNG, corruptPng(event, pixels), event));
            case EMPTY_CONTENT -> EVENTS.encode(with(event.getFormat(), new byte[0], event));
            case NULL_VALUE -> null;
            case ABSURD_DIMENSIONS -> {
                int[] size = SIZES[random.nextInt(SIZES.length)];
                yield EVENTS.encode(ImageEvent.newBuilder(raw(event, pixels))
                        .setWidth(size[0])
                        .setHeight(size[1])
                        .build());
            }
        };
    }

    private static byte[] corruptPng(ImageEvent event, byte[] pixels) {
        byte[] png = ImageEncoding.PNG.encode(pixels, event.getWidth(), event.getHeight());
        int data = new String(png, StandardCharsets.ISO_8859_1).indexOf("IDAT") + 4;
        // an impossible zlib header, so that readers which ignore the checksum refuse it too
        Arrays.fill(png, data, data + 8, (byte) 0xFF);
        return png;
    }

    private static ImageEvent raw(ImageEvent event, byte[] content) {
        return with(ImageFormat.GRAY8, content, event);
    }

    private static ImageEvent with(ImageFormat format, byte[] content, ImageEvent event) {
        return ImageEvent.newBuilder(event)
                .setFormat(format)
                .setContent(ByteBuffer.wrap(content))
                .build();
    }
}
