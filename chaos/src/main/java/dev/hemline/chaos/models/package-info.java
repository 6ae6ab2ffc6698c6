/** New versions every few seconds, good ones and bad ones of every refused kind. */
package dev.hemline.chaos.models;
