@NullMarked
package dev.hemline.producer;

import org.jspecify.annotations.NullMarked;
