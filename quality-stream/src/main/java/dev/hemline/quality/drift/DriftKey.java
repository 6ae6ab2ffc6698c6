package dev.hemline.quality.drift;

import dev.hemline.topic.ModelKey;

/**
 * What is watched by itself: a version's answers to one source. {@code toString()} is the key of its batches.
 *
 * @param source as {@link dev.hemline.quality.source.BusiestSources} names it
 */
record DriftKey(ModelKey.Manifest version, String source) {
    @Override
    public String toString() {
        return version + "/" + source;
    }
}
