package dev.hemline.model.signing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text files with one key each, as openssl reads and writes them. */
final class PemFile {
    static final String PRIVATE = "PRIVATE KEY";
    static final String PUBLIC = "PUBLIC KEY";

    /** No key is anywhere near as long; whatever is, is another kind of file. */
    private static final long LARGEST_BYTES = 64 << 10;

    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private PemFile() {}

    /** Makes a key of what stands between BEGIN and END. */
    interface Decoder<K> {
        K decode(byte[] encoded) throws GeneralSecurityException;
    }

    /**
     * The key of that kind; empty if the file has none.
     *
     * @throws KeyFileException if the file cannot be read, or the key cannot be used
     */
    static <K> Optional<K> read(Path file, String kind, Decoder<K> decoder) throws KeyFileException {
        try {
            if (Files.size(file) > LARGEST_BYTES) {
                return Optional.empty();
            }
            Matcher block = Pattern.compile(
                            "-----BEGIN " + kind + "-----([A-Za-z0-9+/=\\s]+)-----END " + kind + "-----")
                    .matcher(Files.readString(file, US_ASCII));
            return block.find()
                    ? Optional.of(decoder.decode(Base64.getMimeDecoder().decode(block.group(1))))
                    : Optional.empty();
        } catch (IOException e) {
            throw new KeyFileException("Cannot read key " + file + ": " + e, e);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new KeyFileException(file + " holds no Ed25519 key: " + e.getMessage(), e);
        }
    }

    /** @throws KeyFileException if the file is there already; a key is never overwritten */
    static void write(Path file, String kind, byte[] encoded, String permissions) throws KeyFileException {
        String text =
                "-----BEGIN " + kind + "-----\n" + LINES.encodeToString(encoded) + "\n-----END " + kind + "-----\n";
        Set<StandardOpenOption> newFile = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (SeekableByteChannel channel = Files.newByteChannel(file, newFile, attributes(file, permissions))) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (FileAlreadyExistsException e) {
            throw new KeyFileException(file + " is there already and a key is never overwritten", e);
        } catch (IOException e) {
            throw new KeyFileException("Cannot write key " + file + ": " + e, e);
        }
    }

    /** The permissions are there before the content is. */
    private static FileAttribute<?>[] attributes(Path file, String permissions) throws IOException {
        return Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
