/** What programs need from a Kafka that lets nobody do everything, and what to say when it refuses. */
package dev.hemline.service.access;
