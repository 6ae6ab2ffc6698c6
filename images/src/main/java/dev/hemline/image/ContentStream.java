package dev.hemline.image;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A picture's bytes as its reader gets them, without another copy, and for as long as the reader stays within its budget
 * of memory. Some readers build tables as large as damaged bytes tell them to; all of them keep asking for bytes while
 * they do.
 */
final class ContentStream extends ImageInputStreamImpl {
    /** For tables and whatever does not depend on the size. */
    private static final long BUDGET_BYTES = 48 << 20;
    /** Asking the JVM costs as much as reading some dozens of bytes. */
    private static final int READS_BETWEEN_CHECKS = 256;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final byte[] content;
    private final long most;
    private int reads;

    /** @param pixelBytes what decoding this many pixels may allocate, garbage included */
    ContentStream(byte[] content, long pixelBytes) {
        this.content = content;
        this.most = THREADS.getCurrentThreadAllocatedBytes() + BUDGET_BYTES + pixelBytes;
    }

    @Override
    public int read() throws IOException {
        bitOffset = 0;
        check(1);
        return streamPos >= content.length ? -1 : content[(int) streamPos++] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        bitOffset = 0;
        check(1 + length / Long.BYTES);
        if (length == 0) {
            return 0;
        }
        if (streamPos >= content.length) {
            return -1;
        }
        int count = (int) Math.min(length, content.length - streamPos);
        System.arraycopy(content, (int) streamPos, target, offset, count);
        streamPos += count;
        return count;
    }

    private void check(int more) throws IOException {
        reads += more;
        if (reads >= READS_BETWEEN_CHECKS) {
            reads = 0;
            if (THREADS.getCurrentThreadAllocatedBytes() > most) {
                throw new IOException("it takes far more memory than its size explains");
            }
        }
    }

    @Override
    public long length() {
        return content.length;
    }
}
