package org.tinytune.runtimegen.emit;

import java.util.List;
import java.util.stream.Stream;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.RescaleInt16;
import org.tinytune.core.op.ScaledSumInt16;
import org.tinytune.core.op.ScaledSumInt8;
import org.tinytune.core.op.SigmoidInt16;
import org.tinytune.core.op.add.Add;
import org.tinytune.core.op.averagepool.AveragePool2d;
import org.tinytune.core.op.expanddims.ExpandDims;
import org.tinytune.core.op.hardswish.HardSwish;
import org.tinytune.core.op.hardswish.HardSwishInt8;
import org.tinytune.core.op.leakyrelu.LeakyRelu;
import org.tinytune.core.op.leakyrelu.LeakyReluInt8;
import org.tinytune.core.op.logistic.Logistic;
import org.tinytune.core.op.logistic.LogisticInt8;
import org.tinytune.core.op.maximum.Maximum;
import org.tinytune.core.op.maxpool.MaxPool2d;
import org.tinytune.core.op.minimum.Minimum;
import org.tinytune.core.op.quantize.Quantize;
import org.tinytune.core.op.quantize.QuantizeInt8;
import org.tinytune.core.op.relu.Relu;
import org.tinytune.core.op.relu.ReluInt8;
import org.tinytune.core.op.relu6.Relu6;
import org.tinytune.core.op.relu6.Relu6Int8;
import org.tinytune.core.op.reshape.Reshape;
import org.tinytune.core.op.squeeze.Squeeze;
import org.tinytune.core.op.stridedslice.StridedSlice;
import org.tinytune.core.op.stridedslice.StridedSliceKernel;
import org.tinytune.core.op.sub.Sub;
import org.tinytune.core.op.tanh.Tanh;
import org.tinytune.core.op.tanh.TanhInt8;
import org.tinytune.core.op.transpose.Transpose;
import org.tinytune.core.op.transpose.TransposeKernel;

/** The registry: the emitter of every operator that reaches a device. */
public final class Emitters {
    /** All emitters for int8, by their operator's name. */
    public static final List<Emitter<?>> ALL = List.of(
            new SumEmitter<>(Add.INSTANCE, ScaledSumInt8::sum, 1),
            new PoolEmitter(AveragePool2d.INSTANCE, "average_pool_2d"),
            new ConcatenationEmitter(),
            new Conv2dEmitter(),
            new DepthwiseConv2dEmitter(),
            new CopyEmitter<>(ExpandDims.INSTANCE),
            new FullyConnectedEmitter(),
            new LookupEmitter<>(HardSwish.INSTANCE, HardSwishInt8::prepare),
            new LookupEmitter<>(LeakyRelu.INSTANCE, LeakyReluInt8::prepare),
            new LookupEmitter<>(Logistic.INSTANCE, LogisticInt8::prepare),
            new ExtremumEmitter(Maximum.INSTANCE),
            new PoolEmitter(MaxPool2d.INSTANCE, "max_pool_2d"),
            new MeanEmitter(),
            new ExtremumEmitter(Minimum.INSTANCE),
            new MulEmitter(),
            new PadEmitter(),
            new PreluEmitter(),
            new LookupEmitter<>(Quantize.INSTANCE, QuantizeInt8::prepare),
            new LookupEmitter<>(Relu.INSTANCE, ReluInt8::prepare),
            new LookupEmitter<>(Relu6.INSTANCE, Relu6Int8::prepare),
            new CopyEmitter<>(Reshape.INSTANCE),
            new ResizeNearestNeighborEmitter(),
            new SoftmaxEmitter(),
            new CopyEmitter<>(Squeeze.INSTANCE),
            new StridedCopyEmitter<>(StridedSlice.INSTANCE, StridedSliceKernel::prepare),
            new SumEmitter<>(Sub.INSTANCE, ScaledSumInt8::difference, -1),
            new SvdfEmitter(),
            new LookupEmitter<>(Tanh.INSTANCE, TanhInt8::prepare),
            new StridedCopyEmitter<>(Transpose.INSTANCE, TransposeKernel::prepare),
            new TransposeConvEmitter());

    /**
     * All emitters for int16, by their operator's name. Those of operators that only move elements serve both types.
     */
    public static final List<Emitter<?>> INT16 = List.of(
            new SumInt16Emitter<>(Add.INSTANCE, ScaledSumInt16::sum, 1),
            new PoolEmitter(AveragePool2d.INSTANCE, "average_pool_2d"),
            new ConcatenationEmitter(),
            new Conv2dInt16Emitter(),
            new DepthwiseConv2dInt16Emitter(),
            new CopyEmitter<>(ExpandDims.INSTANCE),
            new FullyConnectedInt16Emitter(),
            new RescaleInt16Emitter<>(
                    LeakyRelu.INSTANCE, (params, operands) -> RescaleInt16.leaky(operands, params.alpha())),
            new SigmoidInt16Emitter<>(Logistic.INSTANCE, SigmoidInt16::logistic),
            new ExtremumEmitter(Maximum.INSTANCE),
            new PoolEmitter(MaxPool2d.INSTANCE, "max_pool_2d"),
            new MeanEmitter(),
            new ExtremumEmitter(Minimum.INSTANCE),
            new MulInt16Emitter(),
            new PadEmitter(),
            new RescaleInt16Emitter<>(Quantize.INSTANCE, (params, operands) -> RescaleInt16.quantize(operands)),
            new RescaleInt16Emitter<>(
                    Relu.INSTANCE, (params, operands) -> RescaleInt16.clamp(operands, Activation.RELU)),
            new RescaleInt16Emitter<>(
                    Relu6.INSTANCE, (params, operands) -> RescaleInt16.clamp(operands, Activation.RELU6)),
            new CopyEmitter<>(Reshape.INSTANCE),
            new ResizeNearestNeighborEmitter(),
            new SoftmaxInt16Emitter(),
            new CopyEmitter<>(Squeeze.INSTANCE),
            new StridedCopyEmitter<>(StridedSlice.INSTANCE, StridedSliceKernel::prepare),
            new SumInt16Emitter<>(Sub.INSTANCE, ScaledSumInt16::difference, -1),
            new SigmoidInt16Emitter<>(Tanh.INSTANCE, SigmoidInt16::tanh),
            new StridedCopyEmitter<>(Transpose.INSTANCE, TransposeKernel::prepare),
            new TransposeConvInt16Emitter());

    /** All emitters for the blocks before a network, by their operator's name. */
    public static final List<Emitter<?>> DSP_BLOCKS = List.of(
            new MelEnergiesEmitter(),
            new MfccEmitter(),
            new ResizeAreaEmitter(),
            new SpectralFeaturesEmitter(),
            new SpectrogramEmitter(),
            new StandardizeEmitter(),
            new StatisticsEmitter());

    /** All emitters for operators of graphs for continuous use. They serve both types. */
    public static final List<Emitter<?>> CONTINUOUS = List.of(new SlideEmitter());

    private Emitters() {}

    /**
     * The emitter of a node's operator.
     *
     * @param operands whose types decide whether it is one for int8 or one for int16
     * @throws InvalidModelException if the operator has no C kernel
     */
    @SuppressWarnings("unchecked") // an emitter of this very operator takes the operator's parameters
    public static <P extends Record> Emitter<P> of(Node<P> node, Operands operands) {
        boolean int16 = operands.areInt16();
        return Stream.of(int16 ? INT16 : ALL, DSP_BLOCKS, CONTINUOUS)
                .flatMap(List::stream)
                .filter(emitter -> emitter.operator().equals(node.operator()))
                .map(emitter -> (Emitter<P>) emitter)
                .findFirst()
                .orElseThrow(() -> new InvalidModelException(
                        node.operator().name() + " has no C kernel" + (int16 ? " for int16" : "")));
    }
}
