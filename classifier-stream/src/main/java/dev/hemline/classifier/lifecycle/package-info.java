/** A model's life: arriving as events, proving itself, serving, being replaced, being freed. */
package dev.hemline.classifier.lifecycle;
