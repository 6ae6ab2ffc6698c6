/** Pictures as the model saw them, kept for a share of events. */
package dev.hemline.classifier.sample;
