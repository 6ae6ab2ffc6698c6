package dev.hemline.trainer.report;

import dev.hemline.insight.page.Figures;
import dev.hemline.model.network.Dimensions;
import dev.hemline.model.network.Layer;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.PlacedLayer;
import dev.hemline.model.network.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What each layer of a network costs.
 *
 * @param parameters of all layers
 * @param operations of all layers, in millions
 */
record LayerTable(List<Row> rows, String parameters, String operations) {

    /**
     * One layer.
     *
     * @param depth how many layers it is inside of
     * @param share of all operations, as the width of a bar in per cent
     */
    record Row(
            String name, String kind, int depth, String output, String parameters, String operations, String share) {}

    static LayerTable of(Network network) {
        List<Row> rows = new ArrayList<>();
        add(network.placed(), 0, Math.max(1, network.operations()), rows);
        return new LayerTable(rows, Figures.count(network.parameters()), millions(network.operations()));
    }

    private static void add(List<PlacedLayer> layers, int depth, long all, List<Row> rows) {
        for (PlacedLayer layer : layers) {
            boolean hasBody = !layer.body().isEmpty();
            long parameters = layer.layer().tensors(layer.name(), layer.input()).stream()
                    .mapToLong(TensorSpec::size)
                    .sum();
            long operations = layer.layer().operations(layer.input());
            rows.add(new Row(
                    layer.name(),
                    kind(layer.layer()),
                    depth,
                    size(layer.output()),
                    parameters == 0 ? "" : Figures.count(parameters),
                    operations == 0 ? "" : millions(operations),
                    String.format(Locale.ROOT, "%.1f", hasBody ? 0 : 100.0 * operations / all)));
            add(layer.body(), depth + 1, all, rows);
        }
    }

    private static String millions(long operations) {
        return String.format(Locale.ROOT, "%.2f", operations / 1e6);
    }

    private static String size(Dimensions output) {
        return output.channels() + " × " + output.height() + " × " + output.width();
    }

    private static String kind(Layer layer) {
        if (layer instanceof Layer.Conv2d conv) {
            return "convolution " + conv.kernel() + " × " + conv.kernel()
                    + (conv.stride() > 1 ? ", stride " + conv.stride() : "");
        }
        if (layer instanceof Layer.MaxPool pool) {
            return "largest of " + pool.window() + " × " + pool.window();
        }
        if (layer instanceof Layer.Residual) {
            return "adds what these give to what came in";
        }
        if (layer instanceof Layer.GlobalAveragePool) {
            return "mean of each feature map";
        }
        if (layer instanceof Layer.Linear) {
            return "fully connected";
        }
        if (layer instanceof Layer.BatchNorm) {
            return "batch norm";
        }
        return layer instanceof Layer.Relu ? "ReLU" : layer.kind();
    }
}
