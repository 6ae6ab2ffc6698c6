/** What the two Kafka Streams instances of a classifier have in common. */
package dev.hemline.service.streams;
