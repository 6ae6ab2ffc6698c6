import dev.hemline.model.serving.TorchEngine;

/** Starts libtorch once while the image is built, so that DJL has unpacked it where ENGINE_CACHE_DIR says. */
class UnpackLibtorch {
    public static void main(String[] args) {
        TorchEngine.start(1);
    }
}
