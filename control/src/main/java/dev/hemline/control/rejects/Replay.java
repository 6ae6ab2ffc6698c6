package dev.hemline.control.rejects;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hemline.service.KafkaSettings;
import dev.hemline.service.UserError;
import dev.hemline.topic.DeadLetterHeaders;
import dev.hemline.topic.TooLargeRecord;
import dev.hemline.topic.Topics;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends letters back to {@code image-events}, each at most once, ever. An event and the receipt for its letter are
 * written in one transaction, so there is never one without the other. All replays share a transactional id: opening one
 * ends whatever an earlier run left open, killed or still running, and only then are the receipts read, so none can be
 * missed. Offsets of a consumer group would not do: they cannot say "these letters and not those between", and brokers
 * forget them after a week, letters after a month.
 */
final class Replay implements AutoCloseable {
    private static final String TRANSACTIONAL_ID = "hemline-rejects-replay";
    private static final int TRANSACTION_LETTERS = 100;
    private static final long TRANSACTION_BYTES = 8 << 20;
    private static final int MAX_REQUEST_BYTES = 64 << 20;

    private final DeadLetters originals;
    private final Producer<byte[], byte[]> producer;
    private final Receipts receipts;
    private final int partitions;
    private int open;
    private long openBytes;
    private long sent;

    private Replay(DeadLetters originals, Producer<byte[], byte[]> producer, Receipts receipts) {
        this.originals = originals;
        this.producer = producer;
        this.receipts = receipts;
        this.partitions = originals.partitions(Topics.IMAGE_EVENTS).size();
    }

    /** @param originals reads the events of letters that are not whole; stays the caller's to close */
    static Replay open(KafkaSettings kafka, DeadLetters originals) {
        Producer<byte[], byte[]> producer = new KafkaProducer<>(
                kafka.client(Map.of(
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                        TRANSACTIONAL_ID,
                        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                        60_000,
                        ProducerConfig.BUFFER_MEMORY_CONFIG,
                        (long) MAX_REQUEST_BYTES,
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        MAX_REQUEST_BYTES)),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        try {
            producer.initTransactions();
            return new Replay(originals, producer, Receipts.read(kafka, originals));
        } catch (RuntimeException e) {
            producer.close();
            throw e;
        }
    }

    /** What became of a letter. */
    enum Outcome {
        SENT,
        SENT_BEFORE,
        /** The letter is not whole, and topic {@code image-events} does not hold its event any more, or holds too much. */
        EVENT_GONE
    }

    /**
     * Sends one letter's event, unless that was done before. It counts when {@link #commit} was called, or a later call
     * of this committed the lot.
     *
     * @throws UserError if another replay was started meanwhile, or brokers refuse; the open lot is not sent then
     */
    @SuppressWarnings("FutureReturnValueIgnored") // committing throws what went wrong with any of them
    Outcome send(DeadLetter letter) {
        if (receipts.has(letter)) {
            return Outcome.SENT_BEFORE;
        }
        Optional<ConsumerRecord<byte[], byte[]>> event = event(letter);
        if (event.isEmpty()) {
            return Outcome.EVENT_GONE;
        }
        guarded(() -> {
            if (open == 0) {
                producer.beginTransaction();
            }
            producer.send(replayed(letter, event.get()));
            producer.send(receipts.receipt(letter));
        });
        open++;
        openBytes += Math.max(0, event.get().serializedValueSize());
        if (open >= TRANSACTION_LETTERS || openBytes >= TRANSACTION_BYTES) {
            commit();
        }
        return Outcome.SENT;
    }

    /** Makes final what was sent since the last time. */
    void commit() {
        if (open > 0) {
            guarded(producer::commitTransaction);
            sent += open;
            open = 0;
            openBytes = 0;
        }
    }

    /** Letters whose events are on their way for good. */
    long sent() {
        return sent;
    }

    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            throw new UserError(
                    "Another replay was started and has taken over; this one sent " + sent + " letters for good", e);
        } catch (KafkaException e) {
            // Closing the producer aborts what is open.
            throw new UserError(
                    "Brokers refuse the replay: " + (e.getCause() == null ? e : e.getCause()) + "; " + sent
                            + " letters were sent for good, and running it again goes on after them",
                    e);
        }
    }

    /** The event as it was received: the letter itself, or what the letter points to. */
    private Optional<ConsumerRecord<byte[], byte[]>> event(DeadLetter letter) {
        if (letter.leftOut().isEmpty()) {
            return Optional.of(letter.record());
        }
        return letter.origin()
                .flatMap(originals::find)
                .filter(event -> !TooLargeRecord.of(event.value()).isPresent());
    }

    /** To its former partition, whatever partitioner chose it. Its time is now, or retention might take it at once. */
    private ProducerRecord<byte[], byte[]> replayed(DeadLetter letter, ConsumerRecord<byte[], byte[]> event) {
        Integer partition = letter.origin()
                .map(DeadLetter.Origin::partition)
                .filter(former -> former < partitions)
                .orElse(null);
        return new ProducerRecord<>(
                Topics.IMAGE_EVENTS.name(), partition, null, event.key(), event.value(), headers(letter, event));
    }

    private static Headers headers(DeadLetter letter, ConsumerRecord<byte[], byte[]> event) {
        Headers headers = new RecordHeaders();
        for (Header header : event.headers()) {
            if (!DeadLetterHeaders.isOurs(header.key()) && !header.key().equals(DeadLetterHeaders.REPLAYED_FROM)) {
                headers.add(header);
            }
        }
        String from = Topics.IMAGE_EVENTS_DLQ + "-" + letter.place();
        return headers.add(DeadLetterHeaders.REPLAYED_FROM, from.getBytes(UTF_8));
    }

    /** What is not committed is aborted. */
    @Override
    public void close() {
        producer.close();
    }
}
