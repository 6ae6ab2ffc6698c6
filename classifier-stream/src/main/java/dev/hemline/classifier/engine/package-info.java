/** Classifies events in batches that grow with the load. */
package dev.hemline.classifier.engine;
