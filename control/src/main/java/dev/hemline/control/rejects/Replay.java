package dev.hemline.control.rejects;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hemline.service.KafkaSettings;
import dev.hemline.service.UserError;
import dev.hemline.service.failure.Causes;
import dev.hemline.topic.DeadLetterHeaders;
import dev.hemline.topic.TooLargeRecord;
import dev.hemline.topic.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
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
    private final BiConsumer<DeadLetter, Outcome> told;
    private final List<Sending> lot = new ArrayList<>();
    private long lotBytes;
    private long sent;

    /** A letter, and its event as it goes back. */
    private record Sending(DeadLetter letter, ProducerRecord<byte[], byte[]> event) {}

    private Replay(
            DeadLetters originals,
            Producer<byte[], byte[]> producer,
            Receipts receipts,
            BiConsumer<DeadLetter, Outcome> told) {
        this.originals = originals;
        this.producer = producer;
        this.receipts = receipts;
        this.told = told;
        this.partitions = originals.partitions(Topics.IMAGE_EVENTS).size();
    }

    /**
     * Opens one.
     *
     * @param originals reads the events of letters that are not whole; stays the caller's to close
     * @param told what became of each letter, as soon as that is for good
     */
    static Replay open(KafkaSettings kafka, DeadLetters originals, BiConsumer<DeadLetter, Outcome> told) {
        Producer<byte[], byte[]> producer = new KafkaProducer<>(
                kafka.client(Map.of(
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                        TRANSACTIONAL_ID,
                        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                        60_000,
                        // Topics count an event as it is sent, and what came packed may not fit in otherwise.
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        "gzip",
                        ProducerConfig.BUFFER_MEMORY_CONFIG,
                        (long) MAX_REQUEST_BYTES,
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        MAX_REQUEST_BYTES)),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        try {
            producer.initTransactions();
            return new Replay(originals, producer, Receipts.read(kafka, originals), told);
        } catch (RuntimeException e) {
            producer.close();
            throw e;
        }
    }

    /** What became of a letter. */
    enum Outcome {
        SENT,
        SENT_BEFORE,
        /** The letter is not whole, and topic {@code image-events} does not hold its event any more. */
        EVENT_GONE,
        /** For the topic, or for whoever reads it. */
        TOO_LARGE
    }

    /**
     * Sends one letter's event, unless that was done before; with others, so it may be told of only when a later one is
     * sent, or {@link #commit} is called.
     *
     * @throws UserError if another replay was started meanwhile, or brokers refuse; what was not told of is not sent then
     */
    void send(DeadLetter letter) {
        if (receipts.has(letter)) {
            told.accept(letter, Outcome.SENT_BEFORE);
            return;
        }
        Optional<ConsumerRecord<byte[], byte[]>> event = event(letter);
        if (event.isEmpty()) {
            told.accept(letter, Outcome.EVENT_GONE);
        } else if (TooLargeRecord.of(event.get().value()).isPresent()) {
            told.accept(letter, Outcome.TOO_LARGE);
        } else {
            lot.add(new Sending(letter, replayed(letter, event.get())));
            lotBytes += Math.max(0, event.get().serializedValueSize());
            if (lot.size() >= TRANSACTION_LETTERS || lotBytes >= TRANSACTION_BYTES) {
                commit();
            }
        }
    }

    /** Sends what was not sent yet. */
    void commit() {
        List<Sending> together = List.copyOf(lot);
        lot.clear();
        lotBytes = 0;
        if (!together.isEmpty() && !transact(together)) {
            for (Sending alone : together) {
                if (!transact(List.of(alone))) {
                    told.accept(alone.letter(), Outcome.TOO_LARGE);
                }
            }
        }
    }

    /** False if something in it is too large; none of it is sent then. */
    @SuppressWarnings("FutureReturnValueIgnored") // committing throws what went wrong with any of them
    private boolean transact(List<Sending> together) {
        try {
            producer.beginTransaction();
            for (Sending one : together) {
                producer.send(one.event());
                producer.send(receipts.receipt(one.letter()));
            }
            producer.commitTransaction();
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            throw new UserError(
                    "Another replay was started and has taken over; this one sent " + sent + " letters for good", e);
        } catch (KafkaException e) {
            if (Causes.find(e, RecordTooLargeException.class).isPresent()) {
                producer.abortTransaction();
                return false;
            }
            // Closing the producer aborts what is open.
            throw new UserError(
                    "Brokers refuse the replay: " + (e.getCause() == null ? e : e.getCause()) + "; " + sent
                            + " letters were sent for good, and running it again goes on after them",
                    e);
        }
        sent += together.size();
        together.forEach(one -> told.accept(one.letter(), Outcome.SENT));
        return true;
    }

    /** The event as it was received: the letter itself, or what the letter points to. */
    private Optional<ConsumerRecord<byte[], byte[]>> event(DeadLetter letter) {
        return letter.leftOut().isEmpty()
                ? Optional.of(letter.record())
                : letter.origin().flatMap(originals::find);
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
        if (headers.lastHeader(DeadLetterHeaders.FIRST_RECEIVED) == null) {
            letter.origin()
                    .ifPresent(origin -> headers.add(
                            DeadLetterHeaders.FIRST_RECEIVED,
                            (origin + " " + Instant.ofEpochMilli(event.timestamp())).getBytes(UTF_8)));
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
