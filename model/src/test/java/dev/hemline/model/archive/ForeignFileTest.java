package dev.hemline.model.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForeignFileTest {
    private static final String LEGACY =
            "\u0080\u0002\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019.\u0080\u0002M\u00e9\u0003.";
    private static final String WEIGHTS = "\u0080\u0002ccollections\nOrderedDict\nq\0)Rq\u0001"
            + "ctorch._utils\n_rebuild_tensor_v2\nq\u0002((X\u0007\0\0\0storagectorch\nFloatStorage\n";
    private static final String MODULE = WEIGHTS + "ctorchvision.models.resnet\nResNet\nq\u0003)\u0081";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = true,
            value = {
                "version https://git-lfs.github.com/spec/v1 | git lfs pull",
                "' <!DOCTYPE html><html>'                   | a web page",
                "<?xml version='1.0'?><Error>               | a web page",
                "GGUF                                       | a language model",
                "BZh9                                       | bunzip2"
            })
    void shouldKnowTextsByHowTheyBegin(String text, String kind) {
        assertThat(of(text)).contains(kind);
    }

    @Test
    void shouldKnowOtherFrameworksFilesByHowTheyBegin() {
        assertThat(of("\u0089HDF\r\n\u001a\n...")).contains("Keras");
        assertThat(of("\u001c\0\0\0TFL3....")).contains("TensorFlow Lite");
        assertThat(of("\b\u0001\u0012\u00a0\u0001")).contains("saved_model.pb");
        assertThat(of("\b\b\u0012\u0007pytorch\u001a\u00052.7.1:")).contains("ONNX", "onnx2torch.convert");
        assertThat(of("\u0098\u0001\0\0\0\0\0\0{\"fc.bias\":")).contains("safetensors.torch.load_file");
        assertThat(of("\u001f\u008b\b")).contains("gunzip");
        assertThat(of("\u0080\u0004\u0095\n\0\0")).contains("a Python pickle");
        assertThat(of("")).contains("empty");
    }

    @Test
    void shouldTellWeightsFromPickledModules() {
        assertThat(of(LEGACY + WEIGHTS)).contains("model.load_state_dict(torch.load(\"FILE\"))");
        assertThat(of(LEGACY + MODULE)).contains("torchvision.models.resnet.ResNet", "weights_only=False");
        assertThat(zip("net/data.pkl", WEIGHTS)).contains("model.load_state_dict(torch.load(\"FILE\"))");
        assertThat(zip("net/data.pkl", MODULE)).contains("torchvision.models.resnet.ResNet", "weights_only=False");
    }

    @Test
    void shouldKnowZipFilesByWhatIsInThem() throws IOException {
        assertThat(zip("serialized_exported_program.json", "{}")).contains("torch.export.load");
        assertThat(zip("model/archive_format", "pt2")).contains("torch.export.load");
        assertThat(zip("MAR-INF/MANIFEST.json", "{}")).contains("TorchServe");
        assertThat(zip("weights/resnet.PTH", "...")).contains("weights/resnet.PTH in it; unpack");
        assertThat(zip("word/document.xml", "...")).contains("a zip file of something else: it has word/document.xml");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream compressed = new ZipOutputStream(bytes)) {
            compressed.putNextEntry(new ZipEntry("model.weights.h5"));
            compressed.write(new byte[1_000]);
        }
        assertThat(ForeignFile.whatItIs(bytes.toByteArray()).orElse("")).contains("Keras");
    }

    @Test
    void shouldSayThatAnArchiveIsCutOff() {
        byte[] archive = CodeArchive.of("Tensor", "x");

        assertThat(ForeignFile.whatItIs(Arrays.copyOf(archive, archive.length - 100))
                        .orElse(""))
                .contains("cut off");
    }

    @Test
    void shouldLeaveTorchScriptToLibtorch() {
        assertThat(ForeignFile.whatItIs(CodeArchive.of("Tensor", "x"))).isEmpty();
    }

    @Test
    void shouldSayThatATextOrTheUnknownIsNoArchive() {
        assertThat(of("import torch\r\n\tclass N\u00e9t: pass"))
                .startsWith("a text; ")
                .contains("torch.jit.script");
        assertThat(of("\u0007\u0003\0\u00ff...")).startsWith("no zip file").contains("torch.jit.script");
    }

    private static String of(String bytes) {
        return ForeignFile.whatItIs(bytes.getBytes(ISO_8859_1)).orElse("");
    }

    private static String zip(String name, String content) {
        byte[] bytes = content.getBytes(ISO_8859_1);
        return ForeignFile.whatItIs(StoredZip.write(Map.of(name, ByteBuffer.wrap(bytes))))
                .orElse("");
    }
}
