/** TorchScript archives from Java: networks written out, weights read back, batch norm folded away for serving. */
@NullMarked
package dev.hemline.model.archive;

import org.jspecify.annotations.NullMarked;
