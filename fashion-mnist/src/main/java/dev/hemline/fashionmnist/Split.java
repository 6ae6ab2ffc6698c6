package dev.hemline.fashionmnist;

/**
 * A dataset as training needs it. Every class has the same share of each set; images keep the order of their files.
 *
 * @param train what a model learns from: 55,000 images of Fashion-MNIST
 * @param validation what models are compared and chosen by: 5,000 images, none of them in train
 * @param test what the chosen model is judged by: the test file, 10,000 images
 */
public record Split(LabelledImages train, LabelledImages validation, LabelledImages test) {}
