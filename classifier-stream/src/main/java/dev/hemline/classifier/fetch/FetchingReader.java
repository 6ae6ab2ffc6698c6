package dev.hemline.classifier.fetch;

import dev.hemline.event.ImageEvent;
import dev.hemline.event.ImageFormat;
import dev.hemline.topic.FileSignature;
import dev.hemline.topic.ImageEventReader;
import dev.hemline.topic.NotFetchedException;
import dev.hemline.topic.NotYetReadableException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads events, and has their pictures fetched where those are elsewhere. Until a picture is there, its event is not readable; what
 * was fetched is held until its event is done. Thread-safe; a partition's records are one thread's.
 */
public final class FetchingReader extends ImageEventReader {
    /** Of each partition, behind the event that is needed next. */
    private static final int MOST_AHEAD = 32;

    /** Larger ones have their picture with them. */
    private static final int MOST_LOOKED_INTO = 16_384;

    private static final int SHA256_CHARS = 64;

    private final PictureStores stores;
    private final Map<Integer, Partition> partitions = new ConcurrentHashMap<>();

    private static final class Partition {
        private final Map<Long, Claim> claims = new ConcurrentHashMap<>();
        /** The record that is needed next. */
        private volatile long needed = -1;
        /** The last record that was looked at ahead of its turn. */
        private volatile long lookedTo = -1;
    }

    /** @param events how they are read, pictures elsewhere aside */
    public FetchingReader(ImageEventReader events, PictureStores stores) {
        super(events);
        this.stores = stores;
    }

    @Override
    public ImageEvent read(ConsumerRecord<byte[], byte[]> record) {
        if (!stores.isEmpty()) {
            partition(record).needed = record.offset();
        }
        ImageEvent event = super.read(record);
        if (!isElsewhere(event)) {
            return event;
        }
        Claim claim = claim(record, event, true);
        CompletableFuture<Optional<byte[]>> answer =
                claim.picture().orElseThrow(() -> new NotYetReadableException("Its picture is being fetched"));
        Optional<byte[]> picture = joined(answer);
        if (picture.isEmpty()) {
            // It was to be had ahead, and there was no room; now it is needed.
            done(record);
            claim(record, event, true);
            throw new NotYetReadableException("Its picture is being fetched");
        }
        ByteBuffer content = ByteBuffer.wrap(picture.get());
        return ImageEvent.newBuilder(event)
                .setContent(content)
                .setFormat(
                        event.getFormat() != ImageFormat.UNKNOWN
                                ? event.getFormat()
                                : FileSignature.of(content)
                                        .flatMap(FileSignature::format)
                                        .orElse(ImageFormat.UNKNOWN))
                .build();
    }

    private static boolean isElsewhere(ImageEvent event) {
        return event.getContentUrl() != null && !event.getContent().hasRemaining();
    }

    private static Optional<byte[]> joined(CompletableFuture<Optional<byte[]>> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof NotFetchedException refused) {
                throw refused;
            }
            throw e;
        }
    }

    private Claim claim(ConsumerRecord<byte[], byte[]> record, ImageEvent event, boolean urgent) {
        Map<Long, Claim> claims = partition(record).claims;
        Claim present = claims.get(record.offset());
        if (present != null) {
            if (urgent) {
                present.makeUrgent();
            }
            return present;
        }
        String address = String.valueOf(event.getContentUrl());
        var claim = new Claim(stores.find(address), sha256(address, event.getContentSha256()), urgent);
        stores.fetch(claim);
        claims.put(record.offset(), claim);
        return claim;
    }

    private static byte[] sha256(String address, @Nullable String text) {
        if (text == null || text.length() != SHA256_CHARS) {
            throw FetchList.refused(
                    address,
                    "its event has no contentSha256 of 64 hexadecimal digits (header hemline.content-sha256 with ce_dataref);"
                            + " send the picture's");
        }
        try {
            return HexFormat.of().parseHex(text);
        } catch (IllegalArgumentException e) {
            throw FetchList.refused(address, "its contentSha256 is not hexadecimal; send 64 digits 0 to 9 and a to f");
        }
    }

    private Partition partition(ConsumerRecord<byte[], byte[]> record) {
        return partitions.computeIfAbsent(record.partition(), number -> new Partition());
    }

    @Override
    public void ahead(ConsumerRecord<byte[], byte[]> record) {
        if (stores.isEmpty()) {
            return;
        }
        Partition partition = partition(record);
        if (partition.lookedTo >= record.offset()
                || record.offset() > partition.needed + MOST_AHEAD
                || (record.value() != null && record.value().length > MOST_LOOKED_INTO)) {
            return;
        }
        partition.lookedTo = record.offset();
        try {
            ImageEvent event = super.read(record);
            if (isElsewhere(event)) {
                claim(record, event, false);
            }
        } catch (RuntimeException e) {
            // Whatever it is, it is told when its turn comes, and by its own outcome.
        }
    }

    @Override
    public void done(ConsumerRecord<byte[], byte[]> record) {
        Partition partition = partitions.get(record.partition());
        Claim claim = partition == null ? null : partition.claims.remove(record.offset());
        if (claim != null) {
            claim.end();
        }
    }

    @Override
    public void forget(int number) {
        Partition partition = partitions.remove(number);
        if (partition != null) {
            partition.claims.values().forEach(Claim::end);
        }
    }
}
