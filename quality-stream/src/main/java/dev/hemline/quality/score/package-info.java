/**
 * Results judged by their labels, whichever comes first: a topology of its own with state of its own, so that neither
 * state nor labels can hold classification up.
 */
@NullMarked
package dev.hemline.quality.score;

import org.jspecify.annotations.NullMarked;
