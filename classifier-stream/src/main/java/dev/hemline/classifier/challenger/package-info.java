/** What is different where a version is tried out on live events beside the one that answers them; see {@code docs/experiments.md}. */
package dev.hemline.classifier.challenger;
