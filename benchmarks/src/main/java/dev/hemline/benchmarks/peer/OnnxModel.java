package dev.hemline.benchmarks.peer;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.hemline.model.archive.BatchNormFolding.Folded;
import dev.hemline.model.network.Layer;
import dev.hemline.model.network.PlacedLayer;
import dev.hemline.model.network.Tensor;
import dev.hemline.model.network.TensorSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Files of ONNX, with the operators of opset 13. */
final class OnnxModel {
    static final String INPUT = "input";

    private static final int IR_VERSION = 8;
    private static final int OPSET = 13;
    private static final int FLOAT = TensorProto.DataType.FLOAT_VALUE;

    private final GraphProto.Builder graph = GraphProto.newBuilder();

    private OnnxModel() {}

    /** Takes float32 (n, channels, height, width) and gives probabilities (n, outputs); knows no batch norm. */
    static byte[] classifier(Folded model) {
        var network = model.network();
        var onnx = new OnnxModel();
        model.weights().tensors().forEach(onnx::constant);
        String probabilities = onnx.node("Softmax", List.of(onnx.layers(network.placed(), INPUT)));
        var image = network.input();
        onnx.graph.setName(network.name());
        onnx.graph.addInput(value(INPUT, image.channels(), image.height(), image.width()));
        onnx.graph.addOutput(value(probabilities, network.outputs()));
        return onnx.file();
    }

    /** The product of (n, k) with this matrix of (k, m). */
    static byte[] product(Tensor right) {
        var onnx = new OnnxModel();
        onnx.constant("right", right);
        String product = onnx.node("MatMul", List.of(INPUT, "right"));
        onnx.graph.setName("product");
        onnx.graph.addInput(value(INPUT, right.shape().get(0)));
        onnx.graph.addOutput(value(product, right.shape().get(1)));
        return onnx.file();
    }

    /** Writes the layers one after the other; gives the name of what comes out. */
    private String layers(List<PlacedLayer> layers, String in) {
        String out = in;
        for (PlacedLayer layer : layers) {
            out = layer(layer, out);
        }
        return out;
    }

    /** ONNX lists the inputs of an operator in the order in which we list the tensors of a layer. */
    private String layer(PlacedLayer placed, String in) {
        Layer layer = placed.layer();
        List<String> inputs = new ArrayList<>(List.of(in));
        layer.tensors(placed.name(), placed.input()).stream()
                .map(TensorSpec::name)
                .forEach(inputs::add);
        if (layer instanceof Layer.Conv2d conv) {
            return node(
                    "Conv",
                    inputs,
                    integers("kernel_shape", conv.kernel(), 2),
                    integers("strides", conv.stride(), 2),
                    integers("pads", conv.padding(), 4));
        } else if (layer instanceof Layer.Relu) {
            return node("Relu", inputs);
        } else if (layer instanceof Layer.MaxPool pool) {
            return node(
                    "MaxPool",
                    inputs,
                    integers("kernel_shape", pool.window(), 2),
                    integers("strides", pool.window(), 2));
        } else if (layer instanceof Layer.Residual) {
            return node("Add", List.of(in, layers(placed.body(), in)));
        } else if (layer instanceof Layer.GlobalAveragePool) {
            return node("Flatten", List.of(node("GlobalAveragePool", inputs)));
        } else if (layer instanceof Layer.Linear) {
            var transposed = AttributeProto.newBuilder().setName("transB").setType(AttributeProto.AttributeType.INT);
            return node("Gemm", inputs, transposed.setI(1).build());
        }
        throw new AssertionError("no ONNX operator for " + layer);
    }

    /** Gives the name of what comes out. */
    private String node(String operator, List<String> inputs, AttributeProto... attributes) {
        String out = "x" + graph.getNodeCount();
        graph.addNode(NodeProto.newBuilder()
                .setOpType(operator)
                .addAllInput(inputs)
                .addOutput(out)
                .addAllAttribute(Arrays.asList(attributes)));
        return out;
    }

    private static AttributeProto integers(String name, long value, int times) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INTS)
                .addAllInts(Collections.nCopies(times, value))
                .build();
    }

    private void constant(String name, Tensor tensor) {
        var constant = TensorProto.newBuilder().setName(name).setDataType(FLOAT);
        tensor.shape().forEach(constant::addDims);
        for (float value : tensor.values()) {
            constant.addFloatData(value);
        }
        graph.addInitializer(constant);
    }

    /** A float32 tensor whose first dimension is the batch. */
    private static ValueInfoProto.Builder value(String name, int... lengths) {
        var shape = TensorShapeProto.newBuilder().addDim(Dimension.newBuilder().setDimParam("n"));
        for (int length : lengths) {
            shape.addDim(Dimension.newBuilder().setDimValue(length));
        }
        var tensor = TypeProto.Tensor.newBuilder().setElemType(FLOAT).setShape(shape);
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor));
    }

    private byte[] file() {
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
                .setGraph(graph)
                .build()
                .toByteArray();
    }
}
