/** What streams have in common that observe beside a classifier. */
package dev.hemline.quality.stream;
