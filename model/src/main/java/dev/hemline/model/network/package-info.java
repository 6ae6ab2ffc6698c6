/** A network as a readable list of layers, and the numbers that fill it. Knows nothing of files or engines. */
@NullMarked
package dev.hemline.model.network;

import org.jspecify.annotations.NullMarked;
