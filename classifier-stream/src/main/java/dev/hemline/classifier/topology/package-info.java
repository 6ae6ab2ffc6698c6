/** The Kafka Streams topology: the way of an event, from top to bottom. */
package dev.hemline.classifier.topology;
