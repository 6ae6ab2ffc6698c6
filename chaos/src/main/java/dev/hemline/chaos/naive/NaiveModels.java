package dev.hemline.chaos.naive;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hemline.classifier.lifecycle.ModelStore;
import dev.hemline.event.ModelChunk;
import dev.hemline.event.ModelManifest;
import dev.hemline.model.publish.ModelChunks;
import dev.hemline.model.serving.ModelRefusedException;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.ModelKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The versions on their topic. Of one model, and nothing is ever pinned. */
final class NaiveModels implements ModelStore {
    private static final EventSerde<ModelManifest> MANIFESTS = EventSerde.of(ModelManifest.class);
    private static final EventSerde<ModelChunk> CHUNKS = EventSerde.of(ModelChunk.class);

    private final NavigableMap<Integer, ModelManifest> manifests = new TreeMap<>();
    private final Map<Integer, List<ModelChunk>> chunks = new HashMap<>();

    synchronized void add(ConsumerRecord<byte[], byte[]> record) {
        ModelKey key = ModelKey.parse(new String(record.key(), UTF_8));
        if (key instanceof ModelKey.Manifest manifest) {
            manifests.put(manifest.version(), MANIFESTS.decode(record.value()));
        } else if (key instanceof ModelKey.Chunk chunk) {
            chunks.computeIfAbsent(chunk.version(), first -> new ArrayList<>()).add(CHUNKS.decode(record.value()));
        }
    }

    @Override
    public synchronized List<ModelManifest> newestFirst() {
        return List.copyOf(manifests.descendingMap().values());
    }

    @Override
    public Optional<Integer> pinned(String name) {
        return Optional.empty();
    }

    @Override
    public synchronized byte[] archive(ModelManifest manifest) throws ModelRefusedException {
        int counted = manifest.getArchive().getChunks();
        return ModelChunks.join(
                manifest,
                chunks.getOrDefault(manifest.getVersion(), List.of()).stream()
                        .filter(chunk -> chunk.getIndex() < counted)
                        .toList());
    }
}
