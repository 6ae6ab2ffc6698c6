package dev.hemline.trainer.training;

/**
 * How training images are varied, so that no network sees the same one twice.
 *
 * @param mirror whether every other image is mirrored left to right
 * @param shift furthest that an image moves in each direction, in pixels, 0 to 8
 * @param rotate furthest that an image is turned to either side, in degrees, 0 to 45
 * @param erase share of images that lose a rectangle, 0 to 1, so that no single detail decides
 */
public record Augmentation(boolean mirror, int shift, double rotate, double erase) {

    /** Images as they are. */
    public static final Augmentation NONE = new Augmentation(false, 0, 0, 0);

    public Augmentation {
        Recipe.require(shift >= 0 && shift <= 8, "--shift is 0 to 8, not " + shift);
        Recipe.require(rotate >= 0 && rotate <= 45, "--rotate is 0 to 45, not " + rotate);
        Recipe.require(erase >= 0 && erase <= 1, "--erase is 0 to 1, not " + erase);
    }
}
