/** A network as a readable list of layers, and the numbers that fill it. Knows nothing of files or engines. */
package dev.hemline.model.network;
