/** What is done to a running stream, and in which order. */
@NullMarked
package dev.hemline.chaos.fault;

import org.jspecify.annotations.NullMarked;
