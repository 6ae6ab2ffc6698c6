/** From an event's content to the pixels that a model takes. */
package dev.hemline.image;
