package dev.hemline.image;

/** What transparent pixels are shown on: the page that a picture would lie on. */
final class AlphaCompositing {
    private AlphaCompositing() {}

    /** A sample of 0 to 255 as it looks when its alpha, 0 (clear) to 255, lets white shine through. */
    static int under(int sample, int alpha) {
        return (sample * alpha + 255 * (255 - alpha) + 127) / 255;
    }
}
