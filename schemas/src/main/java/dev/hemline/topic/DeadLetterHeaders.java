package dev.hemline.topic;

/**
 * What stands in the headers of a record of topic {@code image-events-dlq}, beside those that its event came with; every
 * value is UTF-8 text. Kafka's names are those that Kafka Streams gives its own dead letters, so that tools which read
 * those read ours.
 */
public final class DeadLetterHeaders {
    /** Why the event was rejected, as a short code: {@code undecodable-image}. */
    public static final String REASON = "hemline.reason";

    /**
     * Which parts of the event did not fit on the topic, or unpack to too much, and are left out, {@code value} or
     * {@code value,key,headers}; the event itself stands where {@link #TOPIC}, {@link #PARTITION} and {@link #OFFSET} say.
     * Absent from letters that are whole.
     */
    public static final String LEFT_OUT = "hemline.left-out";

    /** On a replayed event: the letter it was, as {@code image-events-dlq-2@17}. */
    public static final String REPLAYED_FROM = "hemline.replayed-from";

    /** The Java class of what was thrown. */
    public static final String EXCEPTION = "__streams.errors.exception";

    /** A sentence that tells the sender what to change. */
    public static final String MESSAGE = "__streams.errors.message";

    /** The topic that the event came from. */
    public static final String TOPIC = "__streams.errors.topic";

    /** The event's partition there. */
    public static final String PARTITION = "__streams.errors.partition";

    /** The event's offset there. */
    public static final String OFFSET = "__streams.errors.offset";

    private DeadLetterHeaders() {}

    /** Whether a header was added by whoever wrote the letter, so that the event as it came had none of that name. */
    public static boolean isOurs(String name) {
        return name.equals(REASON) || name.equals(LEFT_OUT) || name.startsWith("__streams.errors.");
    }
}
