/**
 * Batching that loses nothing: a whole poll is classified as soon as it arrives, and each record's own turn in the
 * topology only looks its outcome up. A record counts as consumed only after its outcome was forwarded, so Kafka
 * Streams' own transactions hold.
 */
package dev.hemline.classifier.prefetch;
