/** A Kafka broker inside this JVM. */
package dev.hemline.testbed.broker;
