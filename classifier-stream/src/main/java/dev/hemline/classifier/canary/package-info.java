/** A version that answers a share of events before it answers all; see {@code docs/experiments.md}. */
package dev.hemline.classifier.canary;
