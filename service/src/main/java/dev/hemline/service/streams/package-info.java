/** What the two Kafka Streams instances of a classifier have in common. */
@NullMarked
package dev.hemline.service.streams;

import org.jspecify.annotations.NullMarked;
