/** What programs have to be allowed by Kafka. */
package dev.hemline.control.access;
