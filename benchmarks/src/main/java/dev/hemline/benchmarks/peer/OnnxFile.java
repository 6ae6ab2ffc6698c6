package dev.hemline.benchmarks.peer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hemline.model.network.Layer;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.PlacedLayer;
import dev.hemline.model.network.Tensor;
import dev.hemline.model.network.Weights;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * ONNX files. A network of ours takes float32 (n, channels, height, width) and gives probabilities (n, outputs). Field numbers
 * are those of onnx.proto, names those of the operators in opset 13.
 */
final class OnnxFile {
    static final String INPUT = "input";
    static final String OUTPUT = "output";

    private static final int IR_VERSION = 8;
    private static final int OPSET = 13;
    private static final int FLOAT = 1;

    private final Weights weights;
    private final ProtobufMessage graph = new ProtobufMessage();
    private int values;

    private OnnxFile(Weights weights) {
        this.weights = weights;
    }

    /** @throws IllegalArgumentException if the weights do not fit the network */
    static byte[] of(Network network, Weights weights) {
        return new OnnxFile(weights.fitting(network)).write(network);
    }

    /** The product of (n, k) with this matrix of (k, m). */
    static byte[] product(Tensor right) {
        var graph = new ProtobufMessage()
                .message(1, node("MatMul", List.of(INPUT, "right"), OUTPUT))
                .text(2, "product")
                .message(5, tensor("right", right))
                .message(11, value(INPUT, right.shape().get(0)))
                .message(12, value(OUTPUT, right.shape().get(1)));
        return file(graph);
    }

    private byte[] write(Network network) {
        String logits = layers(network.placed(), INPUT);
        graph.message(1, node("Softmax", List.of(logits), OUTPUT).message(5, integer("axis", 1)));
        graph.text(2, network.name());
        weights.tensors().forEach((name, tensor) -> graph.message(5, tensor(name, tensor)));
        var image = network.input();
        graph.message(11, value(INPUT, image.channels(), image.height(), image.width()));
        graph.message(12, value(OUTPUT, network.outputs()));
        return file(graph);
    }

    private static byte[] file(ProtobufMessage graph) {
        return new ProtobufMessage()
                .integer(1, IR_VERSION)
                .message(8, new ProtobufMessage().text(1, "").integer(2, OPSET))
                .message(7, graph)
                .toByteArray();
    }

    /** Writes the layers one after the other; gives the name of what comes out. */
    private String layers(List<PlacedLayer> layers, String in) {
        String out = in;
        for (PlacedLayer layer : layers) {
            out = layer(layer, out);
        }
        return out;
    }

    private String layer(PlacedLayer placed, String in) {
        Layer layer = placed.layer();
        String name = placed.name();
        if (layer instanceof Layer.Conv2d conv) {
            List<String> inputs =
                    conv.bias() ? List.of(in, name + "_weight", name + "_bias") : List.of(in, name + "_weight");
            int padding = conv.padding();
            return add(
                    "Conv",
                    inputs,
                    integers("kernel_shape", conv.kernel(), conv.kernel()),
                    integers("strides", conv.stride(), conv.stride()),
                    integers("pads", padding, padding, padding, padding));
        } else if (layer instanceof Layer.BatchNorm) {
            List<String> inputs =
                    List.of(in, name + "_gamma", name + "_beta", name + "_running_mean", name + "_running_var");
            return add("BatchNormalization", inputs, number("epsilon", (float) Layer.BatchNorm.EPSILON));
        } else if (layer instanceof Layer.Relu) {
            return add("Relu", List.of(in));
        } else if (layer instanceof Layer.MaxPool pool) {
            return add(
                    "MaxPool",
                    List.of(in),
                    integers("kernel_shape", pool.window(), pool.window()),
                    integers("strides", pool.window(), pool.window()));
        } else if (layer instanceof Layer.Residual) {
            return add("Add", List.of(in, layers(placed.body(), in)));
        } else if (layer instanceof Layer.GlobalAveragePool) {
            return add("Flatten", List.of(add("GlobalAveragePool", List.of(in))), integer("axis", 1));
        } else if (layer instanceof Layer.Linear) {
            return add("Gemm", List.of(in, name + "_weight", name + "_bias"), integer("transB", 1));
        }
        throw new AssertionError("no ONNX operator for " + layer);
    }

    private String add(String operator, List<String> inputs, ProtobufMessage... attributes) {
        String out = "x" + values++;
        ProtobufMessage node = node(operator, inputs, out);
        for (ProtobufMessage attribute : attributes) {
            node.message(5, attribute);
        }
        graph.message(1, node);
        return out;
    }

    private static ProtobufMessage node(String operator, List<String> inputs, String output) {
        var node = new ProtobufMessage();
        inputs.forEach(input -> node.text(1, input));
        return node.text(2, output).text(4, operator);
    }

    private static ProtobufMessage integers(String name, long... values) {
        var attribute = new ProtobufMessage().text(1, name).integer(20, 7);
        for (long value : values) {
            attribute.integer(8, value);
        }
        return attribute;
    }

    private static ProtobufMessage integer(String name, long value) {
        return new ProtobufMessage().text(1, name).integer(20, 2).integer(3, value);
    }

    private static ProtobufMessage number(String name, float value) {
        return new ProtobufMessage().text(1, name).integer(20, 1).number(2, value);
    }

    private static ProtobufMessage tensor(String name, Tensor tensor) {
        var message = new ProtobufMessage();
        tensor.shape().forEach(length -> message.integer(1, length));
        ByteBuffer raw = ByteBuffer.allocate(tensor.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(tensor.values());
        return message.integer(2, FLOAT).text(8, name).bytes(9, raw.array());
    }

    /** A float32 tensor whose first dimension is the batch. */
    private static ProtobufMessage value(String name, int... lengths) {
        var shape = new ProtobufMessage().message(1, new ProtobufMessage().text(2, "n"));
        for (int length : lengths) {
            shape.message(1, new ProtobufMessage().integer(1, length));
        }
        var type = new ProtobufMessage()
                .message(1, new ProtobufMessage().integer(1, FLOAT).message(2, shape));
        return new ProtobufMessage().text(1, name).message(2, type);
    }

    /** A message in Protocol Buffers' wire format, field after field; as much of it as an ONNX file needs. */
    private static final class ProtobufMessage {
        private static final int VARINT = 0;
        private static final int LENGTH_DELIMITED = 2;
        private static final int FIXED_32 = 5;

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        ProtobufMessage integer(int field, long value) {
            tag(field, VARINT);
            varint(value);
            return this;
        }

        ProtobufMessage number(int field, float value) {
            tag(field, FIXED_32);
            int bits = Float.floatToIntBits(value);
            for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
                bytes.write(bits >>> shift);
            }
            return this;
        }

        ProtobufMessage text(int field, String value) {
            return bytes(field, value.getBytes(UTF_8));
        }

        ProtobufMessage message(int field, ProtobufMessage value) {
            return bytes(field, value.toByteArray());
        }

        ProtobufMessage bytes(int field, byte[] value) {
            tag(field, LENGTH_DELIMITED);
            varint(value.length);
            bytes.writeBytes(value);
            return this;
        }

        byte[] toByteArray() {
            return bytes.toByteArray();
        }

        private void tag(int field, int wireType) {
            varint(((long) field << 3) | wireType);
        }

        private void varint(long value) {
            long rest = value;
            while ((rest & ~0x7fL) != 0) {
                bytes.write((int) ((rest & 0x7f) | 0x80));
                rest >>>= 7;
            }
            bytes.write((int) rest);
        }
    }
}
