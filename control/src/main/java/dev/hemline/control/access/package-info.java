/** What programs have to be allowed by Kafka. */
@NullMarked
package dev.hemline.control.access;

import org.jspecify.annotations.NullMarked;
