package dev.hemline.chaos.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hemline.event.ModelChunk;
import dev.hemline.event.ModelManifest;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.ModelKey;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Every version that ever stood on topic {@code models}, put together here and not by the classifiers' code. */
final class PublishedModels {
    private static final EventSerde<ModelManifest> MANIFESTS = EventSerde.of(ModelManifest.class);
    private static final EventSerde<ModelChunk> CHUNKS = EventSerde.of(ModelChunk.class);

    private final Map<Integer, List<ModelManifest>> manifests = new HashMap<>();
    private final Map<Integer, SortedMap<Integer, byte[]>> chunks = new HashMap<>();

    void add(ConsumerRecord<byte[], byte[]> record) {
        ModelKey key = ModelKey.parse(new String(record.key(), UTF_8));
        if (key instanceof ModelKey.Manifest manifest) {
            manifests
                    .computeIfAbsent(manifest.version(), first -> new ArrayList<>())
                    .add(MANIFESTS.decode(record.value()));
        } else if (key instanceof ModelKey.Chunk chunk) {
            byte[] content = new byte[CHUNKS.decode(record.value()).getContent().remaining()];
            CHUNKS.decode(record.value()).getContent().get(content);
            chunks.computeIfAbsent(chunk.version(), first -> new TreeMap<>()).put(chunk.index(), content);
        }
    }

    /** The manifest of that version whose archive has a SHA-256 that begins so, if there ever was one. */
    Optional<ModelManifest> manifest(int version, String sha256) {
        return manifests.getOrDefault(version, List.of()).stream()
                .filter(one -> one.getArchive().getSha256().startsWith(sha256))
                .findFirst();
    }

    /** What that version has called a class, under any of its manifests. */
    boolean named(int version, int label, String name) {
        return manifests.getOrDefault(version, List.of()).stream()
                .map(ModelManifest::getLabels)
                .anyMatch(labels ->
                        label >= 0 && label < labels.size() && labels.get(label).equals(name));
    }

    /** The archive that a manifest speaks of, if its chunks are there and make it up; any others do not count. */
    Optional<byte[]> archive(ModelManifest manifest) {
        var joined = new ByteArrayOutputStream();
        chunks.getOrDefault(manifest.getVersion(), new TreeMap<>())
                .headMap(manifest.getArchive().getChunks())
                .values()
                .forEach(joined::writeBytes);
        byte[] archive = joined.toByteArray();
        return sha256(archive).equals(manifest.getArchive().getSha256()) ? Optional.of(archive) : Optional.empty();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
