/** A classifier that is wrong on purpose, for the check to find out. */
@NullMarked
package dev.hemline.chaos.naive;

import org.jspecify.annotations.NullMarked;
