package dev.hemline.model.serving;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TorchEngineTest {
    @BeforeEach
    void useTwoThreads() {
        TorchEngine.start(2);
    }

    @AfterEach
    void useOneThread() {
        TorchEngine.start(1);
    }

    @Test
    void shouldLimitAThreadThatHasNotComputedYet() {
        int used = inAnotherThread(() -> {
            TorchEngine.limitThisThread(1);
            multiply();
            return JniUtils.getNumThreads();
        });

        assertThat(used).isEqualTo(1);
    }

    @Test
    void shouldLeaveOtherThreadsAsTheyAre() {
        inAnotherThread(() -> {
            TorchEngine.limitThisThread(1);
            return 0;
        });

        assertThat(JniUtils.getNumThreads()).isEqualTo(2);
        assertThat(inAnotherThread(JniUtils::getNumThreads)).isEqualTo(2);
        assertThat(TorchEngine.threads()).isEqualTo(2);
    }

    private static void multiply() {
        try (NDManager manager = NDManager.newBaseManager(TorchEngine.name())) {
            NDArray some = manager.ones(new Shape(64, 64));
            assertThat(some.matMul(some).getFloat(0, 0)).isEqualTo(64);
        }
    }

    private static int inAnotherThread(Supplier<Integer> work) {
        return CompletableFuture.supplyAsync(work, task -> new Thread(task).start())
                .join();
    }
}
