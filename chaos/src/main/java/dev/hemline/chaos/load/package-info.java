/** What arrives beside the images. */
@NullMarked
package dev.hemline.chaos.load;

import org.jspecify.annotations.NullMarked;
