package dev.hemline.page;

import io.javalin.http.Context;
import io.javalin.http.Header;

/** What browsers are told about the page: nothing from elsewhere, nothing inline, nobody may frame it. */
final class PageHeaders {
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private PageHeaders() {}

    static void set(Context context) {
        context.header(Header.CONTENT_SECURITY_POLICY, POLICY)
                .header(Header.X_CONTENT_TYPE_OPTIONS, "nosniff")
                .header(Header.REFERRER_POLICY, "no-referrer")
                .header(Header.CROSS_ORIGIN_RESOURCE_POLICY, "same-origin")
                .header(Header.CACHE_CONTROL, "no-cache");
    }
}
