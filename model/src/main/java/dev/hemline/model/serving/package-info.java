/** Models as classifiers use them: loaded, proved by their golden batch, and asked. DJL stays behind these types. */
package dev.hemline.model.serving;
