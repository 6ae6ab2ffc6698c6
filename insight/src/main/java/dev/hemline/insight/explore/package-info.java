/** {@code hemline explore}: what a dataset holds, on one page. */
package dev.hemline.insight.explore;
