/** Compares, as labels come, what champion and challenger made of the same events, and decides; see {@code docs/experiments.md}. */
package dev.hemline.quality.referee;
