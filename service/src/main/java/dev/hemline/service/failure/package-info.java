/** What a failure of a client came from. */
package dev.hemline.service.failure;
