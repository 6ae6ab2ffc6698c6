/** {@code hemline predict}: what a model says about single pictures. */
package dev.hemline.insight.predict;
