/** Sends real images as events at a chosen pace, some of them broken on request, and their true labels later. */
@NullMarked
package dev.hemline.producer;

import org.jspecify.annotations.NullMarked;
