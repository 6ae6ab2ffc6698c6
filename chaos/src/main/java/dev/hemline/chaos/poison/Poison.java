package dev.hemline.chaos.poison;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hemline.event.ImageEvent;
import dev.hemline.event.ImageFormat;
import dev.hemline.service.AbsurdRecords;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Image events that cost far more than they are large, or are as no sender of good will makes them. */
public enum Poison {
    /** 97 kB that are one row of 25 million pixels. */
    WIDE_PNG,
    /** 12 kB that are 25 million interlaced pixels. */
    INTERLACED_PNG,
    /** A picture whose caption unpacks to 50 MB. */
    TEXT_BOMB,
    /** A canvas of four billion pixels. */
    HUGE_GIF,
    /** An event with 100,000 headers. */
    MANY_HEADERS,
    /** An id and a key of a megabyte. */
    LONG_ID,
    /** A good event that says it was sent eight days ago. */
    OLD_TIME,
    /** Whatever the schema allows, and no sender means. */
    ABSURD;

    /** On an event that may as well be answered as refused. */
    public static final String ANY_OUTCOME = "hemline-chaos-any-outcome";

    private static final EventSerde<ImageEvent> EVENTS = EventSerde.of(ImageEvent.class);
    private static final int SIDE = 28;
    private static final int HEADERS = 100_000;
    private static final int LONG = 1_000_000;
    private static final Map<Poison, byte[]> FILES = new EnumMap<>(Poison.class);

    /** For tables and files. */
    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * One such event.
     *
     * @param id begins its id, and its key
     */
    ProducerRecord<byte[], byte @Nullable []> record(String id, AbsurdRecords absurd) {
        ProducerRecord<byte[], byte @Nullable []> record = switch (this) {
            case WIDE_PNG -> picture(id, ImageFormat.PNG, png(25_000_000, 1, 8, 6, 0));
            case INTERLACED_PNG -> picture(id, ImageFormat.PNG, png(5_000, 5_000, 1, 0, 1));
            case TEXT_BOMB -> picture(id, ImageFormat.PNG, png(SIDE, SIDE, 8, 0, 0));
            case HUGE_GIF -> picture(id, ImageFormat.GIF, gif());
            case LONG_ID -> good(id + "x".repeat(LONG), null);
            case OLD_TIME -> good(id, Instant.now().minus(Duration.ofDays(8)).toEpochMilli());
            case MANY_HEADERS -> good(id, null);
            case ABSURD ->
                new ProducerRecord<>(
                        Topics.IMAGE_EVENTS.name(), id.getBytes(UTF_8), absurd.encoded(ImageEvent.getClassSchema()));
        };
        if (this == MANY_HEADERS) {
            for (int i = 0; i < HEADERS; i++) {
                record.headers().add("h", null);
            }
        }
        if (!isGood()) {
            record.headers().add(ANY_OUTCOME, null);
        }
        return record;
    }

    private boolean isGood() {
        return this == OLD_TIME;
    }

    private static ProducerRecord<byte[], byte @Nullable []> good(String id, @Nullable Long time) {
        return event(id, ImageFormat.GRAY8, new byte[SIDE * SIDE], time);
    }

    private ProducerRecord<byte[], byte @Nullable []> picture(String id, ImageFormat format, byte[] file) {
        return event(id, format, file, null);
    }

    private static ProducerRecord<byte[], byte @Nullable []> event(
            String id, ImageFormat format, byte[] content, @Nullable Long time) {
        ImageEvent event = ImageEvent.newBuilder()
                .setId(id)
                .setSource("poison")
                .setCapturedAt(Instant.now())
                .setFormat(format)
                .setWidth(SIDE)
                .setHeight(SIDE)
                .setContent(ByteBuffer.wrap(content))
                .setLabel(null)
                .build();
        return new ProducerRecord<>(Topics.IMAGE_EVENTS.name(), null, time, id.getBytes(UTF_8), EVENTS.encode(event));
    }

    /** A file of nothing but zeros, made once; of {@link #TEXT_BOMB} with a caption. */
    private byte[] png(int width, int height, int depth, int colour, int interlace) {
        return FILES.computeIfAbsent(this, first -> {
            var file = new ByteArrayOutputStream();
            file.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
            chunk(
                    file,
                    "IHDR",
                    ByteBuffer.allocate(13)
                            .putInt(width)
                            .putInt(height)
                            .put(new byte[] {(byte) depth, (byte) colour, 0, 0, (byte) interlace})
                            .array());
            if (this == TEXT_BOMB) {
                var text = new ByteArrayOutputStream();
                text.writeBytes("Comment\0\0".getBytes(ISO_8859_1));
                text.writeBytes(zeros(50L << 20));
                chunk(file, "zTXt", text.toByteArray());
            }
            int samples = colour == 6 ? 4 : 1;
            // Seven passes end most of their rows early, and each has a byte more a row.
            long rows = interlace == 0 ? (long) height * (1 + ((long) width * samples * depth + 7) / 8) : 3_138_750;
            chunk(file, "IDAT", zeros(rows));
            chunk(file, "IEND", new byte[0]);
            return file.toByteArray();
        });
    }

    private static byte[] zeros(long count) {
        var packed = new ByteArrayOutputStream();
        try (var deflater = new DeflaterOutputStream(packed)) {
            byte[] some = new byte[64 << 10];
            for (long left = count; left > 0; left -= some.length) {
                deflater.write(some, 0, (int) Math.min(left, some.length));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream file, String type, byte[] data) {
        byte[] content = ByteBuffer.allocate(4 + data.length)
                .put(type.getBytes(ISO_8859_1))
                .put(data)
                .array();
        var crc = new CRC32();
        crc.update(content);
        file.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        file.writeBytes(content);
        file.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }

    /** A screen and a frame of 65,535 × 65,535, and hardly a pixel. */
    private static byte[] gif() {
        String whole = "\u00ff\u00ff\u00ff\u00ff";
        return ("GIF89a" + whole + "\u0080\0\0" + "\0\0\0\u00ff\u00ff\u00ff" + ",\0\0\0\0" + whole + "\0\2\2D\1\0;")
                .getBytes(ISO_8859_1);
    }
}
