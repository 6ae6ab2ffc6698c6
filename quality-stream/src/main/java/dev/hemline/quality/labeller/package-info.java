/** Whose labels are believed. */
package dev.hemline.quality.labeller;
