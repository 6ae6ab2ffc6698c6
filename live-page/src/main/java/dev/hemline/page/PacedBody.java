package dev.hemline.page;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/** What somebody sends, as long as it comes fast enough: who sends a byte now and then would keep a seat for good. */
final class PacedBody extends InputStream {
    /** In bytes a second; 1 MB may take a minute, which a phone on a bad line does in a tenth of that. */
    static final int SLOWEST = 16 << 10;
    /** For a line that has to come to life. */
    private static final long GRACE_NANOS = Duration.ofSeconds(5).toNanos();

    private final InputStream body;
    private final LongSupplier nanoTime;
    private final long begin;
    private long arrived;

    /** It came slower than that. */
    static final class TooSlowException extends IOException {
        private static final long serialVersionUID = 1L;

        TooSlowException() {
            super("fewer than " + SLOWEST + " bytes a second arrived");
        }
    }

    /** Made when the first byte is there. */
    PacedBody(InputStream body, LongSupplier nanoTime) {
        this.body = body;
        this.nanoTime = nanoTime;
        begin = nanoTime.getAsLong();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = body.read(buffer, offset, length);
        arrived += Math.max(0, count);
        double late = (nanoTime.getAsLong() - begin - GRACE_NANOS) / 1e9;
        if (count >= 0 && arrived < late * SLOWEST) {
            throw new TooSlowException();
        }
        return count;
    }
}
