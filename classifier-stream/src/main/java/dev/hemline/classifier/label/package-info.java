/** What the classes of model versions are called. */
@NullMarked
package dev.hemline.classifier.label;

import org.jspecify.annotations.NullMarked;
