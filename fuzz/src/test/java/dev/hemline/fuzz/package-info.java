/** What any reader of foreign bytes is held to, and bytes to hold it to that. */
@NullMarked
package dev.hemline.fuzz;

import org.jspecify.annotations.NullMarked;
