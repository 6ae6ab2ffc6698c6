package dev.hemline.model.signing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hemline.event.ModelManifest;
import dev.hemline.event.ModelSignature;
import dev.hemline.model.serving.ExampleModel;
import dev.hemline.model.serving.ModelRefusedException;
import dev.hemline.model.serving.ModelRefusedException.Reason;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.LaterRelease;
import dev.hemline.topic.WriterSchemas;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningTest {
    private static final ModelManifest MANIFEST =
            ExampleModel.manifest(ExampleModel.archive()).build();

    private final SigningKey key = SigningKey.generate();
    private final TrustedKeys trusted = TrustedKeys.of(key.trustedKey());

    @TempDir
    Path folder;

    @Test
    void shouldTrustWhatWasSignedAfterItTravelled() {
        EventSerde<ModelManifest> serde = EventSerde.of(ModelManifest.class);

        ModelManifest travelled = serde.decode(serde.encode(key.sign(MANIFEST)));

        assertThatCode(() -> trusted.require(travelled)).doesNotThrowAnyException();
    }

    @Test
    void shouldTrustWhatTheLastReleaseSigned() throws Exception {
        byte[] written = released("signed-manifest.hex");
        Path pem = Files.write(folder.resolve("released.pem"), resource("signed-manifest.pem"));

        SignedManifest manifest = SignedManifest.read(written, WriterSchemas.NONE);

        assertThat(manifest.manifest().getTraining()).hasSizeGreaterThan(8);
        assertThat(manifest.covered()).as("as the first releases signed it").startsWith(0xC3, 0x01);
        assertThatCode(() -> TrustedKeys.read(List.of(pem)).require(manifest)).doesNotThrowAnyException();
    }

    @Test
    void shouldSignTheSameWhateverOrderTheTrainingsEntriesHave() {
        Map<String, String> ascending = new LinkedHashMap<>();
        Map<String, String> descending = new LinkedHashMap<>();
        for (int i = 0; i < 40; i++) {
            ascending.put("entry" + i, "value");
            descending.put("entry" + (39 - i), "value");
        }

        byte[] one = SignedManifest.of(with(ascending)).covered();

        assertThat(SignedManifest.of(with(descending)).covered()).isEqualTo(one);
    }

    @Test
    void shouldTrustWhatALaterReleaseSignedWithAFieldThatWeDoNotKnow() {
        // Given a manifest with a field more, which a later release signs as it stands there
        WriterSchemas writers = LaterRelease.schemas(ModelManifest.getClassSchema());
        byte[] unsigned = LaterRelease.encode(signedWith(new byte[64]));
        byte[] signature = key.sign(SignedManifest.read(unsigned, writers).covered());

        // When it travels, as it is and with another value in that field
        byte[] wire = LaterRelease.encode(signedWith(signature));
        byte[] changed = new String(wire, ISO_8859_1).replace("wild", "mild").getBytes(ISO_8859_1);

        // Then
        assertThatCode(() -> trusted.require(SignedManifest.read(wire, writers)))
                .doesNotThrowAnyException();
        assertThat(trusted.signed(SignedManifest.read(changed, writers)))
                .as("what we cannot read is signed, too")
                .isFalse();
        assertThat(trusted.signed(SignedManifest.read(wire, writers).manifest()))
                .as("as we would write it")
                .isFalse();
    }

    @Test
    void shouldNotTakeASignatureForAnotherSchemaWithTheSameFingerprint() throws IOException {
        Schema first = new Schema.Parser().parse(new String(former("ModelManifest.avsc"), UTF_8));

        assertThat(SignedManifest.FIRST_SCHEMA).isEqualTo(sha256(first));
        assertThat(SignedManifest.of(MANIFEST).covered())
                .startsWith("hemline manifest\0".getBytes(US_ASCII))
                .contains(HexFormat.of().parseHex(sha256(ModelManifest.getClassSchema())));
        assertThat(SignedManifest.read(
                                LaterRelease.encode(MANIFEST), LaterRelease.schemas(ModelManifest.getClassSchema()))
                        .covered())
                .startsWith("hemline manifest\0".getBytes(US_ASCII))
                .contains(HexFormat.of().parseHex(sha256(LaterRelease.schema(ModelManifest.getClassSchema()))));
    }

    private static byte[] former(String name) throws IOException {
        try (InputStream file = ModelManifest.class.getResourceAsStream("former/" + name)) {
            assertThat(file).as("former/" + name).isNotNull();
            return file.readAllBytes();
        }
    }

    private static String sha256(Schema schema) {
        try {
            return HexFormat.of().formatHex(SchemaNormalization.parsingFingerprint("SHA-256", schema));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private ModelManifest signedWith(byte[] signature) {
        return ModelManifest.newBuilder(MANIFEST)
                .setSignature(new ModelSignature(key.keyId(), ByteBuffer.wrap(signature)))
                .build();
    }

    private static byte[] covered(ModelManifest manifest) {
        return SignedManifest.of(manifest).covered();
    }

    @Test
    void shouldCoverEverythingButTheSignatureItself() {
        ModelManifest signed = key.sign(MANIFEST);

        assertThat(covered(signed)).isEqualTo(covered(MANIFEST));
        assertRefused(
                Reason.BAD_SIGNATURE,
                "it was changed since",
                ModelManifest.newBuilder(signed).setVersion(2).build());
        assertRefused(
                Reason.BAD_SIGNATURE,
                "it was changed since",
                ModelManifest.newBuilder(signed)
                        .setTraining(Map.of("epoch", "9"))
                        .build());
    }

    @Test
    void shouldRefuseWhatNobodySigned() {
        assertRefused(Reason.UNSIGNED, "the manifest is not signed; trusted are keys [" + key.keyId(), MANIFEST);
    }

    @Test
    void shouldRefuseWhatSomebodyElseSigned() {
        SigningKey other = SigningKey.generate();

        assertRefused(Reason.UNKNOWN_KEY, "the manifest is signed with key " + other.keyId(), other.sign(MANIFEST));
    }

    @Test
    void shouldRefuseBytesThatAreNoSignature() {
        ModelManifest nonsense = ModelManifest.newBuilder(MANIFEST)
                .setSignature(new ModelSignature(key.keyId(), ByteBuffer.allocate(3)))
                .build();

        assertRefused(Reason.BAD_SIGNATURE, "not what key " + key.keyId() + " makes of this manifest", nonsense);
    }

    @Test
    void shouldReadBackBothHalvesFromFiles() throws Exception {
        key.write(folder.resolve("private.pem"));
        key.trustedKey().write(folder.resolve("public.pem"));

        SigningKey read = SigningKey.read(folder.resolve("private.pem"));

        assertThat(read.keyId()).isEqualTo(key.keyId()).matches("[0-9a-f]{16}");
        assertThat(TrustedKeys.read(List.of(folder.resolve("public.pem"))).ids())
                .containsExactly(key.keyId());
        assertThat(TrustedKeys.read(List.of(folder)).ids()).as("a folder").containsExactly(key.keyId());
        assertThatCode(() -> trusted.require(read.sign(MANIFEST))).doesNotThrowAnyException();
    }

    @Test
    void shouldReadWhatOpensslWrites() throws Exception {
        Path pem = Files.writeString(folder.resolve("openssl.pem"), """
                -----BEGIN PRIVATE KEY-----
                MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
                -----END PRIVATE KEY-----
                """);

        SigningKey read = SigningKey.read(pem);

        // RFC 8032, section 7.1, test 1: d75a9801... is this key's public half.
        read.trustedKey().write(folder.resolve("public.pem"));
        assertThat(Files.readString(folder.resolve("public.pem")))
                .contains("MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=");
    }

    @Test
    void shouldKeepAPrivateKeyFromOtherEyesAndNeverOverwriteIt() throws Exception {
        Path file = folder.resolve("private.pem");
        key.write(file);

        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThatExceptionOfType(KeyFileException.class)
                .isThrownBy(() -> SigningKey.generate().write(file))
                .withMessageContaining("never overwritten");
        assertThat(SigningKey.read(file).keyId()).isEqualTo(key.keyId());
    }

    @Test
    void shouldTellWhatIsWrongWithAFileOfKeys() throws Exception {
        Path text = Files.writeString(folder.resolve("notes.pem"), "nothing secret");

        assertThatExceptionOfType(KeyFileException.class)
                .isThrownBy(() -> SigningKey.read(text))
                .withMessageContaining("There is no private key in " + text);
        assertThatExceptionOfType(KeyFileException.class)
                .isThrownBy(() -> TrustedKeys.read(List.of(folder)))
                .withMessageContaining("There is no public key in " + folder);
        assertThatExceptionOfType(KeyFileException.class)
                .isThrownBy(() -> TrustedKeys.read(List.of(folder.resolve("missing.pem"))))
                .withMessageContaining("Cannot read key");
    }

    /** Bytes that the last release wrote. */
    private static byte[] released(String name) throws IOException {
        return HexFormat.of().parseHex(new String(resource(name), US_ASCII).replaceAll("\\s", ""));
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream file = SigningTest.class.getResourceAsStream("/released/" + name)) {
            assertThat(file).as("released/" + name).isNotNull();
            return file.readAllBytes();
        }
    }

    private static ModelManifest with(Map<String, String> training) {
        // Avro's builder copies maps, which would lose the order.
        ModelManifest manifest = ModelManifest.newBuilder(MANIFEST).build();
        manifest.put("training", training);
        return manifest;
    }

    private void assertRefused(Reason reason, String message, ModelManifest manifest) {
        ModelRefusedException refusal =
                catchThrowableOfType(ModelRefusedException.class, () -> trusted.require(manifest));
        assertThat(refusal).isNotNull().hasMessageContaining(message);
        assertThat(refusal.reason()).isEqualTo(reason);
    }
}
