/** HTML pages that are one file each: templates, pictures and figures within them. */
package dev.hemline.insight.page;
