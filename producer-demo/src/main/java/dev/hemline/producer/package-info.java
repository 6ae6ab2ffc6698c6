/** Sends real images as events at a chosen pace, some of them broken on request, and their true labels later. */
package dev.hemline.producer;
