package dev.hemline.quality.batch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hemline.event.DriftBatch;
import dev.hemline.event.DriftGroup;
import dev.hemline.model.reference.LogProbabilities;
import dev.hemline.quality.source.SourceRow;
import dev.hemline.topic.ModelKey;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A batch that is being added up. It is kept anew with every result, so its bytes are plain and half of them made once. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PendingBatch(SourceRow key, String name, int classes, long since, Batch batch, byte[] head) {
    private static final byte FORMAT = 1;

    /** @param since when its first result came, in milliseconds */
    static PendingBatch of(SourceRow key, int classes, long since, Batch batch) {
        byte[] model = key.version().name().getBytes(UTF_8);
        byte[] source = key.source().getBytes(UTF_8);
        byte[] firstId = batch.firstId().getBytes(UTF_8);
        ByteBuffer head = ByteBuffer.allocate(
                        1 + 5 * Integer.BYTES + Long.BYTES + model.length + source.length + firstId.length)
                .put(FORMAT)
                .putInt(key.version().version())
                .putInt(classes)
                .putLong(batch.firstAt());
        for (byte[] text : List.of(model, source, firstId)) {
            head.putInt(text.length).put(text);
        }
        return new PendingBatch(key, key.toString(), classes, since, batch, head.array());
    }

    byte[] toBytes() {
        Sums sums = batch.sums();
        int row = 2 * Integer.BYTES + sums.groups() * Double.BYTES;
        ByteBuffer bytes =
                ByteBuffer.allocate(head.length + sums.groups() * row).put(head);
        for (int group = 0; group < sums.groups(); group++) {
            if (sums.results()[group] > 0) {
                bytes.putInt(group).putInt(sums.results()[group]);
                for (double sum : sums.logProbabilities()[group]) {
                    bytes.putDouble(sum);
                }
            }
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    /** What was kept; nothing where that is nothing of ours: anybody may have written to a changelog, and a later release otherwise. */
    static Optional<PendingBatch> of(byte @Nullable [] kept) {
        try {
            return kept == null || kept.length == 0 || kept[0] != FORMAT
                    ? Optional.empty()
                    : Optional.of(read(ByteBuffer.wrap(kept, 1, kept.length - 1)));
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static PendingBatch read(ByteBuffer kept) {
        int version = kept.getInt();
        int classes = kept.getInt();
        Instant firstAt = Instant.ofEpochMilli(kept.getLong());
        String model = text(kept);
        String source = text(kept);
        String firstId = text(kept);
        int columns = LogProbabilities.groups(classes);
        List<DriftGroup> groups = new ArrayList<>();
        while (kept.hasRemaining()) {
            int group = kept.getInt();
            int results = kept.getInt();
            List<Double> sums = new ArrayList<>();
            for (int column = 0; column < columns; column++) {
                sums.add(kept.getDouble());
            }
            groups.add(new DriftGroup(group, results, sums));
        }
        Batch batch = DriftBatches.read(new DriftBatch(model, version, source, classes, firstId, firstAt, groups));
        // How long ago it was kept does not matter: it is told soon.
        return of(new SourceRow(new ModelKey.Manifest(model, version), source), classes, 0, batch);
    }

    private static String text(ByteBuffer kept) {
        int length = kept.getInt();
        if (length < 0 || length > kept.remaining()) {
            throw new IllegalArgumentException("no text");
        }
        byte[] text = new byte[length];
        kept.get(text);
        return new String(text, UTF_8);
    }

    DriftBatch written() {
        return DriftBatches.written(key, classes, batch);
    }
}
