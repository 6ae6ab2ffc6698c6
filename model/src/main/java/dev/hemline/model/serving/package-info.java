/** Models as classifiers use them: loaded, proved by their golden batch, and asked. DJL stays behind these types. */
@NullMarked
package dev.hemline.model.serving;

import org.jspecify.annotations.NullMarked;
