package dev.hemline.topic;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What readers are given as the value of a record that unpacks to more than they take. It never stands on a topic.
 *
 * @param bytes of the record, or at least so many
 * @param most that a record may unpack to
 */
public record TooLargeRecord(long bytes, long most) {
    private static final byte[] MARK = "hemline.too-large".getBytes(US_ASCII);
    static final int BYTES = MARK.length + 2 * Long.BYTES;

    byte[] toBytes() {
        return ByteBuffer.allocate(BYTES).put(MARK).putLong(bytes).putLong(most).array();
    }

    /** Which a value is, if it stands for a record that was kept away. */
    public static Optional<TooLargeRecord> of(byte @Nullable [] value) {
        if (value == null
                || value.length != BYTES
                || !ByteBuffer.wrap(value, 0, MARK.length).equals(ByteBuffer.wrap(MARK))) {
            return Optional.empty();
        }
        ByteBuffer numbers = ByteBuffer.wrap(value).position(MARK.length);
        return Optional.of(new TooLargeRecord(numbers.getLong(), numbers.getLong()));
    }

    /** The end of a sentence about it. */
    @Override
    public String toString() {
        return "it unpacks to " + bytes
                + " bytes or more, with its headers and what is large before it in its batch, and " + most
                + " are taken; send fewer bytes, or fewer at once";
    }
}
