package dev.hemline.model.signing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.hemline.event.ModelManifest;
import dev.hemline.event.ModelSignature;
import dev.hemline.model.serving.ModelRefusedException;
import dev.hemline.model.serving.ModelRefusedException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** The keys whose models may serve. Thread-safe. */
public final class TrustedKeys {
    private final Map<String, TrustedKey> byId = new TreeMap<>();

    private TrustedKeys(Collection<TrustedKey> keys) {
        keys.forEach(key -> byId.put(key.keyId(), key));
    }

    public static TrustedKeys of(TrustedKey... keys) {
        return new TrustedKeys(List.of(keys));
    }

    /**
     * Reads public keys from PEM files and from folders of them. In a folder, files without a public key are passed
     * over.
     *
     * @throws KeyFileException if a file, or a whole folder, holds no public key
     */
    public static TrustedKeys read(List<Path> filesOrFolders) throws KeyFileException {
        List<TrustedKey> keys = new ArrayList<>();
        for (Path place : filesOrFolders) {
            List<TrustedKey> found = new ArrayList<>();
            for (Path file : Files.isDirectory(place) ? files(place) : List.of(place)) {
                TrustedKey.read(file).ifPresent(found::add);
            }
            if (found.isEmpty()) {
                throw new KeyFileException("There is no public key in " + place + "; hemline keys generate makes one");
            }
            keys.addAll(found);
        }
        return new TrustedKeys(keys);
    }

    private static List<Path> files(Path folder) throws KeyFileException {
        try (Stream<Path> entries = Files.list(folder)) {
            // The private half may lie beside it, for other eyes than ours.
            return entries.filter(file -> file.getFileName().toString().endsWith(".pem"))
                    .filter(Files::isReadable)
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new KeyFileException("Cannot read folder of keys " + folder + ": " + e, e);
        }
    }

    /** These and one more. */
    public TrustedKeys and(TrustedKey key) {
        List<TrustedKey> keys = new ArrayList<>(byId.values());
        keys.add(key);
        return new TrustedKeys(keys);
    }

    /** Their ids, sorted. */
    public List<String> ids() {
        return List.copyOf(byId.keySet());
    }

    /** Whether one of these keys signed that manifest as it is. */
    public boolean signed(SignedManifest manifest) {
        ModelSignature signature = manifest.manifest().getSignature();
        TrustedKey key = signature == null ? null : byId.get(signature.getKeyId());
        return key != null && key.signed(manifest, signature);
    }

    /** As above, of one that this release wrote, or its schema. */
    public boolean signed(ModelManifest manifest) {
        return signed(SignedManifest.of(manifest));
    }

    /** Whether one of these keys signed that record as it is, in header {@link TrustedKey#HEADER}. */
    public boolean signed(String key, byte[] value, Headers headers) {
        Header header = headers.lastHeader(TrustedKey.HEADER);
        byte[] bytes = header == null || header.value() == null ? new byte[0] : header.value();
        if (bytes.length < TrustedKey.ID_DIGITS) {
            return false;
        }
        TrustedKey signer = byId.get(new String(bytes, 0, TrustedKey.ID_DIGITS, US_ASCII));
        byte[] signature = Arrays.copyOfRange(bytes, TrustedKey.ID_DIGITS, bytes.length);
        return signer != null && signer.signed(TrustedKey.signedBytes(key, value), signature);
    }

    /** As below, of one that this release wrote, or its schema. */
    public void require(ModelManifest manifest) throws ModelRefusedException {
        require(SignedManifest.of(manifest));
    }

    /**
     * Lets a manifest pass that one of these keys signed.
     *
     * @throws ModelRefusedException if nobody signed it, somebody unknown did, or it was changed since
     */
    public void require(SignedManifest manifest) throws ModelRefusedException {
        ModelSignature signature = Optional.ofNullable(manifest.manifest().getSignature())
                .orElseThrow(() -> new ModelRefusedException(
                        Reason.UNSIGNED, "the manifest is not signed; trusted are keys " + byId.keySet()));
        TrustedKey key = byId.get(signature.getKeyId());
        if (key == null) {
            throw new ModelRefusedException(
                    Reason.UNKNOWN_KEY,
                    "the manifest is signed with key " + signature.getKeyId() + "; trusted are " + byId.keySet());
        }
        if (!key.signed(manifest, signature)) {
            throw new ModelRefusedException(
                    Reason.BAD_SIGNATURE,
                    "the signature is not what key " + key.keyId() + " makes of this manifest; it was changed since");
        }
    }
}
