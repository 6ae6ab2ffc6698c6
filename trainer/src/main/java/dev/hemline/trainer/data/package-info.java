/** The images that commands work on: Fashion-MNIST, a set like it, or a folder of pictures per class. */
@NullMarked
package dev.hemline.trainer.data;

import org.jspecify.annotations.NullMarked;
