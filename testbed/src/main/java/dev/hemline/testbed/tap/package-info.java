/** Reading topics as any outsider may: no group, nothing committed, only what transactions have made final. */
package dev.hemline.testbed.tap;
