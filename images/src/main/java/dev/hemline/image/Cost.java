package dev.hemline.image;

/**
 * What decoding a picture takes, by its header; never less than it does.
 *
 * @param bytes of memory that are held at once, native ones included, the file itself not
 * @param nanos of one slow core
 */
record Cost(long bytes, long nanos) {}
