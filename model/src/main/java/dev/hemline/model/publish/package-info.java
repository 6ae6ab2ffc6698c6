/** How a model travels: cut into chunks, numbered, and published with its manifest in one transaction. */
@NullMarked
package dev.hemline.model.publish;

import org.jspecify.annotations.NullMarked;
