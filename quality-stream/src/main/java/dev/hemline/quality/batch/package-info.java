/** Results added up by version and source where they are read, so that whoever watches them all reads few records. */
package dev.hemline.quality.batch;
