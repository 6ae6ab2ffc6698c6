/** New versions every few seconds, good ones and bad ones of every refused kind. */
@NullMarked
package dev.hemline.chaos.models;

import org.jspecify.annotations.NullMarked;
