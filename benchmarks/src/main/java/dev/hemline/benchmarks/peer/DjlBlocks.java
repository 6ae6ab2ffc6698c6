package dev.hemline.benchmarks.peer;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import dev.hemline.model.network.Layer;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.PlacedLayer;
import dev.hemline.model.network.Tensor;
import dev.hemline.model.network.TensorSpec;
import dev.hemline.model.network.Weights;
import dev.hemline.model.serving.TorchEngine;
import java.util.List;

/** A network of ours in DJL's own blocks, as DJL's examples build theirs: NCHW, float32, block after block. */
final class DjlBlocks {
    private final Weights weights;
    private final NDManager manager;

    private DjlBlocks(Weights weights, NDManager manager) {
        this.weights = weights;
        this.manager = manager;
    }

    /** A model that holds the network with these weights; the caller closes it. */
    static Model model(Network network, Weights weights) {
        TorchEngine.startIfNeeded();
        Model model = Model.newInstance(network.name(), TorchEngine.name());
        NDManager manager = model.getNDManager();
        Block block = new DjlBlocks(weights.fitting(network), manager).sequence(network.placed());
        block.initialize(manager, DataType.FLOAT32, shape(network, 1));
        model.setBlock(block);
        return model;
    }

    /** So many images as the network takes them. */
    static Shape shape(Network network, int images) {
        var image = network.input();
        return new Shape(images, image.channels(), image.height(), image.width());
    }

    /** Numbers that training changes. */
    static long parameters(Block block) {
        return block.getParameters().values().stream()
                .filter(Parameter::requiresGradient)
                .mapToLong(parameter -> parameter.getArray().size())
                .sum();
    }

    private SequentialBlock sequence(List<PlacedLayer> layers) {
        return new SequentialBlock()
                .addAll(layers.stream()
                        .map(layer -> filled(block(layer), layer))
                        .toList());
    }

    private Block block(PlacedLayer placed) {
        Layer layer = placed.layer();
        if (layer instanceof Layer.Conv2d conv) {
            return Conv2d.builder()
                    .setKernelShape(square(conv.kernel()))
                    .setFilters(conv.channels())
                    .optStride(square(conv.stride()))
                    .optPadding(square(conv.padding()))
                    .optBias(conv.bias())
                    .build();
        } else if (layer instanceof Layer.BatchNorm) {
            return BatchNorm.builder()
                    .optEpsilon((float) Layer.BatchNorm.EPSILON)
                    // DJL's momentum is the share that stays, ours the share that is new.
                    .optMomentum((float) (1 - Layer.BatchNorm.MOMENTUM))
                    .build();
        } else if (layer instanceof Layer.Relu) {
            return Activation.reluBlock();
        } else if (layer instanceof Layer.MaxPool pool) {
            return Pool.maxPool2dBlock(square(pool.window()), square(pool.window()));
        } else if (layer instanceof Layer.Residual) {
            return new ParallelBlock(DjlBlocks::sum, List.of(Blocks.identityBlock(), sequence(placed.body())));
        } else if (layer instanceof Layer.GlobalAveragePool) {
            return Pool.globalAvgPool2dBlock();
        } else if (layer instanceof Layer.Linear linear) {
            return Linear.builder().setUnits(linear.outputs()).build();
        }
        throw new AssertionError("no DJL block for " + layer);
    }

    private static NDList sum(List<NDList> branches) {
        return new NDList(branches.get(0).singletonOrThrow().add(branches.get(1).singletonOrThrow()));
    }

    /** DJL lists the parameters of a block in the order in which we list the tensors of a layer. */
    private Block filled(Block block, PlacedLayer placed) {
        List<TensorSpec> tensors = placed.layer().tensors(placed.name(), placed.input());
        for (int i = 0; i < tensors.size(); i++) {
            Tensor tensor = weights.get(tensors.get(i).name());
            block.getDirectParameters().valueAt(i).setArray(array(tensor));
        }
        return block;
    }

    private NDArray array(Tensor tensor) {
        long[] shape = tensor.shape().stream().mapToLong(Integer::longValue).toArray();
        return manager.create(tensor.values(), new Shape(shape));
    }

    private static Shape square(int side) {
        return new Shape(side, side);
    }
}
