package dev.hemline.model.archive;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Model;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import dev.hemline.model.network.Dimensions;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Networks;
import dev.hemline.model.network.Weights;
import dev.hemline.model.serving.TorchEngine;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchScriptArchiveTest {
    private static final Network TINY = Networks.tiny(new Dimensions(1, 28, 28), 10);

    @TempDir
    Path folder;

    @Test
    void shouldReadBackWhatItWrote() throws Exception {
        Weights weights = Weights.initial(TINY, 7);

        Weights read = TorchScriptArchive.read(TorchScriptArchive.write(TINY, weights));

        assertThat(read).isEqualTo(weights);
    }

    @Test
    void shouldWriteTheSameBytesForTheSameWeights() {
        assertThat(TorchScriptArchive.write(TINY, Weights.initial(TINY, 7)))
                .isEqualTo(TorchScriptArchive.write(TINY, Weights.initial(TINY, 7)));
    }

    @Test
    void shouldWriteTheSameBytesWhateverLanguageTheMachineSpeaks() {
        byte[] archive = TorchScriptArchive.write(TINY, Weights.initial(TINY, 7));
        Locale own = Locale.getDefault();

        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            assertThat(TorchScriptArchive.write(TINY, Weights.initial(TINY, 7))).isEqualTo(archive);
        } finally {
            Locale.setDefault(own);
        }
    }

    @Test
    void shouldReadWhatLibtorchSaves() throws Exception {
        Weights weights = Weights.initial(TINY, 7);

        byte[] saved = savedByLibtorch(TorchScriptArchive.write(TINY, weights));

        assertThat(TorchScriptArchive.read(saved).fitting(TINY)).isEqualTo(weights);
    }

    private byte[] savedByLibtorch(byte[] archive) throws Exception {
        TorchEngine.start(1);
        Files.write(folder.resolve("net.pt"), archive);
        ByteArrayOutputStream saved = new ByteArrayOutputStream();
        try (Model model = Model.newInstance("net", TorchEngine.name())) {
            model.load(folder, "net");
            JniUtils.writeModule((PtSymbolBlock) model.getBlock(), saved, false);
        }
        return saved.toByteArray();
    }
}
