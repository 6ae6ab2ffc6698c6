@NullMarked
package dev.hemline.fashionmnist;

import org.jspecify.annotations.NullMarked;
