package dev.hemline.classifier.lifecycle;

import java.util.List;

/** Fetches chunks from where they stand. */
@FunctionalInterface
public interface ChunkSource {
    /**
     * The encoded chunks at these places, in any order; those that are not there any more are left out.
     *
     * @throws org.apache.kafka.common.KafkaException if the brokers do not answer
     */
    List<byte[]> fetch(List<ChunkPlace> places);
}
