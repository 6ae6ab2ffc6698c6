/** HTML pages that are one file each: templates, pictures and figures within them. */
@NullMarked
package dev.hemline.insight.page;

import org.jspecify.annotations.NullMarked;
