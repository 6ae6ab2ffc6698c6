/** The whole stream under attack, and what became of every event. */
package dev.hemline.chaos;
