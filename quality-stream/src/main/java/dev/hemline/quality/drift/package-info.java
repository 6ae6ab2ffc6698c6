/** Whether pictures or their classes have changed, told without labels from what a version answers; see {@code docs/drift.md}. */
package dev.hemline.quality.drift;
