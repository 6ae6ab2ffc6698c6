/** Topics as typed descriptors, and how events travel on them. */
package dev.hemline.topic;
