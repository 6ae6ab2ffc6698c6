package dev.hemline.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.fashionmnist.Corruption;
import dev.hemline.fashionmnist.Dataset;
import dev.hemline.fashionmnist.FashionMnistFixture;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.model.network.Tensor;
import dev.hemline.model.serving.TorchEngine;
import dev.hemline.trainer.training.LikelyChange.Kind;
import dev.hemline.trainer.training.LikelyChange.Part;
import dev.hemline.trainer.training.Refresh.Learnt;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RefreshTest {
    private static final Dataset DATA = FashionMnistFixture.load();
    private static final LabelledImages NONE = LabelledImages.of(new byte[0], new byte[0]);
    private static final TrainingListener NOBODY = new TrainingListener() {};

    /** Pixels in another order, of which no kind of change is an explanation. */
    private static final Corruption MIXED = mixed();

    @SuppressWarnings("NullAway.Init") // before all
    private static ServingModel served;

    private static Corruption mixed() {
        int[] order = EpochOrder.shuffled(28 * 28).draw(new SplittableRandom(5));
        return (pixels, width, height, random) -> {
            byte[] mixed = new byte[pixels.length];
            for (int i = 0; i < order.length; i++) {
                mixed[i] = pixels[order[i]];
            }
            return mixed;
        };
    }

    @BeforeAll
    static void trainWhatServes() {
        TorchEngine.start(1);
        Recipe recipe = TestRecipes.tiny(4, 32);
        served = new TrainingRun(recipe, TrainingTask.anew(recipe, DATA.train(), DATA.test()), NOBODY, () -> false)
                .run()
                .orElseThrow()
                .best();
    }

    @Test
    void shouldLearnFromImagesThatAreChangedAsTrafficIs() {
        // Given traffic that is inverted, and few labels
        LabelledImages traffic = LikelyChangeTest.changed(DATA.train().first(300), Corruption.invert());
        LabelledImages judged = LikelyChangeTest.changed(DATA.test(), Corruption.invert());

        // When what serves is refreshed
        Learnt learnt = refresh(16, traffic.first(100), traffic);

        // Then it knows why, and is right about the pictures of now and of before
        assertThat(learnt.change().orElseThrow().parts()).containsExactly(new Part(Kind.INVERTED, 1));
        assertThat(served.answers(judged).accuracy()).isLessThan(0.4);
        ServingModel after = learnt.at(1);
        assertThat(after.answers(judged).accuracy()).isGreaterThan(0.6);
        assertThat(after.answers(DATA.test()).accuracy())
                .isGreaterThan(served.answers(DATA.test()).accuracy() - 0.1);
        assertThat(learnt.imagesSeen()).isEqualTo(600 * 16);

        // And what it was before is still there
        assertThat(tensors(learnt.at(0))).isEqualTo(tensors(served));
        assertThat(learnt.at(0).answers(judged).accuracy())
                .isEqualTo(served.answers(judged).accuracy());
        assertThat(learnt.at(0.5).archive())
                .isNotEqualTo(learnt.at(0).archive())
                .isNotEqualTo(after.archive());
    }

    @Test
    void shouldLearnByItselfFromWhatNobodyHasLabelledWhereNothingExplainsTraffic() {
        LabelledImages traffic = LikelyChangeTest.changed(DATA.train(), MIXED);
        LabelledImages judged = LikelyChangeTest.changed(DATA.test(), MIXED);
        int[] rest = IntStream.range(300, 1_000).toArray();

        Learnt learnt = refresh(16, traffic.first(300), traffic.select(rest));

        assertThat(learnt.change()).isEmpty();
        assertThat(learnt.imagesSeen()).as("two rounds").isEqualTo(2 * 300 * 16);
        assertThat(learnt.at(1).answers(judged).accuracy())
                .isGreaterThan(served.answers(judged).accuracy() + 0.2);
    }

    @Test
    void shouldLearnOnceWhereThereIsNothingWithoutALabel() {
        LabelledImages traffic = LikelyChangeTest.changed(DATA.train().first(300), MIXED);

        assertThat(refresh(8, traffic, NONE).imagesSeen()).isEqualTo(300 * 8);
    }

    @Test
    void shouldEndWithoutAResultWhenToldToStop() {
        var batches = new AtomicInteger();
        LabelledImages traffic = LikelyChangeTest.changed(DATA.train().first(100), Corruption.invert());
        TrainingListener counting = new TrainingListener() {
            @Override
            public void trained(TrainingProgress latest) {
                batches.incrementAndGet();
            }
        };

        assertThat(of(16, traffic, NONE).run(counting, () -> batches.get() >= 3))
                .isEmpty();
        assertThat(batches).hasValue(3);
    }

    private static Map<String, List<Float>> tensors(ServingModel model) {
        return model.folded().weights().tensors().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> values(entry.getValue())));
    }

    private static List<Float> values(Tensor tensor) {
        float[] values = tensor.values();
        return IntStream.range(0, values.length).mapToObj(i -> values[i]).toList();
    }

    private static Learnt refresh(int batchSize, LabelledImages labelled, LabelledImages recent) {
        return of(batchSize, labelled, recent).run(NOBODY, () -> false).orElseThrow();
    }

    private static Refresh of(int batchSize, LabelledImages labelled, LabelledImages recent) {
        Recipe recipe = TestRecipes.tiny(1, batchSize)
                .with()
                .optimization(new Optimization(Optimizer.ADAMW, 2e-3, 10, 0, 0.1, 1))
                .augmentation(new Augmentation(true, 1, 0, 0))
                .build();
        return new Refresh(recipe, served.folded(), served.input(), DATA.train(), labelled, recent, DATA.test());
    }
}
