/** What a reader sees of the stream while it is under attack. */
@NullMarked
package dev.hemline.chaos.live;

import org.jspecify.annotations.NullMarked;
