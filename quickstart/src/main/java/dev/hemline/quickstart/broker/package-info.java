/** A Kafka broker inside this JVM. */
package dev.hemline.quickstart.broker;
