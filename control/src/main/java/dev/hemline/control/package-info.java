/** Commands that read and steer a running system through its topics. */
package dev.hemline.control;
