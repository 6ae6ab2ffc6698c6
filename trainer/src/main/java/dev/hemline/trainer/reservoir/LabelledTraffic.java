package dev.hemline.trainer.reservoir;

import dev.hemline.event.Sample;
import dev.hemline.fashionmnist.LabelledImages;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * Labelled samples as images of one size and of the same classes.
 *
 * @param samples all of them
 * @param learnt those to learn from
 * @param heldOut those that are for validation, and never learnt from
 * @param recent of now, whether anybody has labelled them or not: their labels say 0
 */
public record LabelledTraffic(
        List<LabelledSample> samples, LabelledImages learnt, LabelledImages heldOut, LabelledImages recent) {

    public LabelledTraffic {
        samples = List.copyOf(samples);
    }

    /**
     * Those that are grey and of the size and classes of others; the rest is left out.
     *
     * @param recent samples of now, whether anybody has labelled them or not
     * @param others what they are to be like
     */
    public static LabelledTraffic of(List<LabelledSample> samples, List<Sample> recent, LabelledImages others) {
        List<LabelledSample> fitting = samples.stream()
                .filter(one -> isLike(one.sample(), others))
                .filter(one -> one.label() < others.classNames().size())
                .toList();
        return new LabelledTraffic(
                fitting,
                images(fitting.stream().filter(sample -> !sample.isHeldOut()).toList(), others),
                images(fitting.stream().filter(LabelledSample::isHeldOut).toList(), others),
                images(
                        recent.stream().filter(one -> isLike(one, others)).toList(),
                        sample -> sample,
                        sample -> 0,
                        others));
    }

    private static boolean isLike(Sample sample, LabelledImages others) {
        return sample.getChannels() == 1
                && sample.getHeight() == others.height()
                && sample.getWidth() == others.width()
                && sample.getPixels().remaining() == others.height() * others.width()
                && sample.getProbabilities().size() == others.classNames().size();
    }

    private static LabelledImages images(List<LabelledSample> samples, LabelledImages others) {
        return images(samples, LabelledSample::sample, LabelledSample::label, others);
    }

    private static <T> LabelledImages images(
            List<T> samples, Function<T, Sample> sample, ToIntFunction<T> label, LabelledImages others) {
        int size = others.width() * others.height();
        byte[] pixels = new byte[samples.size() * size];
        byte[] labels = new byte[samples.size()];
        for (int i = 0; i < labels.length; i++) {
            sample.apply(samples.get(i)).getPixels().duplicate().get(pixels, i * size, size);
            labels[i] = (byte) label.applyAsInt(samples.get(i));
        }
        return LabelledImages.of(others.width(), others.height(), others.classNames(), pixels, labels);
    }
}
