package dev.hemline.producer;

import dev.hemline.event.ImageEvent;
import dev.hemline.event.ImageFormat;
import dev.hemline.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The ways in which a bad event is bad. None of them leaves a classifier any choice but to refuse it. */
enum Malformation {
    /** Bytes that were never an event. */
    RANDOM_BYTES {
        @Override
        byte[] spoil(ImageEvent event, byte[] pixels, Random random) {
            byte[] bytes = new byte[1 + random.nextInt(1_000)];
            random.nextBytes(bytes);
            // chance must not begin it with C3 (our framing) or 00 (a registry's)
            bytes[0] = (byte) 0xFF;
            return bytes;
        }
    },
    /** An event that was cut off on its way. */
    TRUNCATED_AVRO {
        @Override
        byte[] spoil(ImageEvent event, byte[] pixels, Random random) {
            byte[] whole = encode(event);
            return Arrays.copyOf(whole, HEADER_BYTES + random.nextInt(whole.length - HEADER_BYTES));
        }
    },
    /** An event written with a schema that nobody knows. */
    UNKNOWN_FINGERPRINT {
        @Override
        byte[] spoil(ImageEvent event, byte[] pixels, Random random) {
            byte[] bytes = encode(event);
            bytes[2 + random.nextInt(HEADER_BYTES - 2)] ^= (byte) (1 + random.nextInt(255));
            return bytes;
        }
    },
    /** Raw pixels, some too few or too many for width × height. */
    WRONG_SIZE {
        @Override
        byte[] spoil(ImageEvent event, byte[] pixels, Random random) {
            int difference = 1 + random.nextInt(pixels.length - 1);
            int length = random.nextBoolean() ? pixels.length + difference : pixels.length - difference;
            return encode(raw(event, Arrays.copyOf(pixels, length)));
        }
    },
    /** A PNG file whose picture data are garbled. */
    CORRUPT_PNG {
        @Override
        byte[] spoil(ImageEvent event, byte[] pixels, Random random) {
            byte[] png = ImageEncoding.PNG.encode(pixels, event.getWidth(), event.getHeight());
            int data = indexOf(png, "IDAT") + 4;
            // an impossible zlib header, so that readers which ignore the checksum refuse it too
            Arrays.fill(png, data, data + 8, (byte) 0xFF);
            return encode(ImageEvent.newBuilder(event)
                    .setFormat(ImageFormat.PNG)
                    .setContent(ByteBuffer.wrap(png))
                    .build());
        }
    },
    /** An event without a picture. */
    EMPTY_CONTENT {
        @Override
        byte[] spoil(ImageEvent event, byte[] pixels, Random random) {
            return encode(ImageEvent.newBuilder(event)
                    .setContent(ByteBuffer.allocate(0))
                    .build());
        }
    },
    /** A record without a value, a tombstone. */
    NULL_VALUE {
        @Override
        byte @Nullable [] spoil(ImageEvent event, byte[] pixels, Random random) {
            return null;
        }
    },
    /** Raw pixels with a declared size that is negative, or that overflows into the right number of bytes. */
    ABSURD_DIMENSIONS {
        private static final int[][] SIZES = {
            {-28, -28}, {Integer.MAX_VALUE, Integer.MAX_VALUE}, {65_536, 65_536}, {(1 << 30) + 196, 4}, {0, 0}
        };

        @Override
        byte[] spoil(ImageEvent event, byte[] pixels, Random random) {
            int[] size = SIZES[random.nextInt(SIZES.length)];
            return encode(ImageEvent.newBuilder(raw(event, pixels))
                    .setWidth(size[0])
                    .setHeight(size[1])
                    .build());
        }
    };

    private static final int HEADER_BYTES = 10;

    /**
     * The value of a bad record.
     *
     * @param event the event as it should be
     * @param pixels its picture as 784 raw bytes, not to be changed
     * @param random draws the details
     */
    abstract byte @Nullable [] spoil(ImageEvent event, byte[] pixels, Random random);

    private static byte[] encode(ImageEvent event) {
        return Topics.IMAGE_EVENTS.valueSerde().serializer().serialize(Topics.IMAGE_EVENTS.name(), event);
    }

    private static ImageEvent raw(ImageEvent event, byte[] content) {
        return ImageEvent.newBuilder(event)
                .setFormat(ImageFormat.GRAY8)
                .setContent(ByteBuffer.wrap(content))
                .build();
    }

    private static int indexOf(byte[] bytes, String chunk) {
        return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(chunk);
    }
}
