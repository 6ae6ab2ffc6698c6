/** Training requests: sending them, and taking them one after the other. */
@NullMarked
package dev.hemline.trainer.request;

import org.jspecify.annotations.NullMarked;
