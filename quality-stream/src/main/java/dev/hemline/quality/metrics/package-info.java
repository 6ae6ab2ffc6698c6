/** Series by model version, each of which goes when its version is old, so that they do not grow for ever. */
package dev.hemline.quality.metrics;
