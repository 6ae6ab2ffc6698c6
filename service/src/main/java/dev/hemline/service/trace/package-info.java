/** What becomes of an event, told to whoever follows its trace. */
package dev.hemline.service.trace;
