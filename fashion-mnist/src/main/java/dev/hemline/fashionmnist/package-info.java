/** Finding, fetching, verifying, reading and splitting Fashion-MNIST and sets like it. Start at {@link dev.hemline.fashionmnist.FashionMnist}. */
package dev.hemline.fashionmnist;
