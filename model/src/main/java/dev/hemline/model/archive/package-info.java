/** TorchScript archives from Java: networks written out, weights read back, batch norm folded away for serving. */
package dev.hemline.model.archive;
