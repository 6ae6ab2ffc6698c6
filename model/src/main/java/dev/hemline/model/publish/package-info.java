/** How a model travels: cut into chunks, numbered, and published with its manifest in one transaction. */
package dev.hemline.model.publish;
