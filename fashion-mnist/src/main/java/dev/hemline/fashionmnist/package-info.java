/** Finding, fetching, verifying, reading and splitting Fashion-MNIST and sets like it. Start at {@link dev.hemline.fashionmnist.FashionMnist}. */
@NullMarked
package dev.hemline.fashionmnist;

import org.jspecify.annotations.NullMarked;
