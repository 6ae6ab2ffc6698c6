/**
 * Results judged by their labels, whichever comes first: a topology of its own with state of its own, so that neither
 * state nor labels can hold classification up.
 */
package dev.hemline.quality.score;
