/** What an outsider sees of a stream: its records as they come, and how far a consumer group is. Nothing is committed here. */
package dev.hemline.testbed.stream;
