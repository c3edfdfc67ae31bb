package org.tinytune.core.op;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.add.Add;
import org.tinytune.core.op.averagepool.AveragePool2d;
import org.tinytune.core.op.batchnorm.BatchNorm;
import org.tinytune.core.op.concatenation.Concatenation;
import org.tinytune.core.op.conv2d.Conv2d;
import org.tinytune.core.op.depthwiseconv.DepthwiseConv2d;
import org.tinytune.core.op.dropout.Dropout;
import org.tinytune.core.op.fullyconnected.FullyConnected;
import org.tinytune.core.op.hardswish.HardSwish;
import org.tinytune.core.op.leakyrelu.LeakyRelu;
import org.tinytune.core.op.logistic.Logistic;
import org.tinytune.core.op.maxpool.MaxPool2d;
import org.tinytune.core.op.mean.Mean;
import org.tinytune.core.op.mul.Mul;
import org.tinytune.core.op.pad.Pad;
import org.tinytune.core.op.quantize.Quantize;
import org.tinytune.core.op.relu.Relu;
import org.tinytune.core.op.relu6.Relu6;
import org.tinytune.core.op.reshape.Reshape;
import org.tinytune.core.op.softmax.Softmax;
import org.tinytune.core.op.sub.Sub;
import org.tinytune.core.op.svdf.Svdf;
import org.tinytune.core.op.tanh.Tanh;
import org.tinytune.core.op.transposeconv.TransposeConv;

/** The registry: every operator that there is. */
public final class Operators {
    /** All operators that a device can run, by name. */
    public static final List<Operator<?>> ALL = List.of(
            Add.INSTANCE,
            AveragePool2d.INSTANCE,
            Concatenation.INSTANCE,
            Conv2d.INSTANCE,
            DepthwiseConv2d.INSTANCE,
            FullyConnected.INSTANCE,
            HardSwish.INSTANCE,
            LeakyRelu.INSTANCE,
            Logistic.INSTANCE,
            MaxPool2d.INSTANCE,
            Mean.INSTANCE,
            Mul.INSTANCE,
            Pad.INSTANCE,
            Quantize.INSTANCE,
            Relu.INSTANCE,
            Relu6.INSTANCE,
            Reshape.INSTANCE,
            Softmax.INSTANCE,
            Sub.INSTANCE,
            Svdf.INSTANCE,
            Tanh.INSTANCE,
            TransposeConv.INSTANCE);

    /** Operators that are gone before a model leaves the trainer: nothing but training knows them. */
    public static final List<TrainingOnly<?>> TRAINING_ONLY = List.of(BatchNorm.INSTANCE, Dropout.INSTANCE);

    private Operators() {}

    /** The operator with that TFLite name. */
    public static Optional<Operator<?>> byName(String name) {
        return find(operator -> operator.name().equals(name));
    }

    /** The operator with that code in a TFLite file. */
    public static Optional<Operator<?>> byBuiltinOperator(int code) {
        return find(operator -> operator.tflite().builtinOperator() == code);
    }

    private static Optional<Operator<?>> find(Predicate<Operator<?>> wanted) {
        return ALL.stream().filter(wanted).findFirst();
    }
}
