/** Finding, fetching, verifying, reading and splitting Fashion-MNIST. Start at {@link dev.hemline.fashionmnist.FashionMnist}. */
@NullMarked
package dev.hemline.fashionmnist;

import org.jspecify.annotations.NullMarked;
