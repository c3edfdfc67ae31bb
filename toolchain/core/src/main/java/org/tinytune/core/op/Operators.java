package org.tinytune.core.op;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.tinytune.core.graph.ImportedOperator;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.add.Add;
import org.tinytune.core.op.averagepool.AveragePool2d;
import org.tinytune.core.op.batchnorm.BatchNorm;
import org.tinytune.core.op.concatenation.Concatenation;
import org.tinytune.core.op.conv2d.Conv2d;
import org.tinytune.core.op.depthwiseconv.DepthwiseConv2d;
import org.tinytune.core.op.dropout.Dropout;
import org.tinytune.core.op.expanddims.ExpandDims;
import org.tinytune.core.op.fullyconnected.FullyConnected;
import org.tinytune.core.op.hardswish.HardSwish;
import org.tinytune.core.op.leakyrelu.LeakyRelu;
import org.tinytune.core.op.logistic.Logistic;
import org.tinytune.core.op.maximum.Maximum;
import org.tinytune.core.op.maxpool.MaxPool2d;
import org.tinytune.core.op.mean.Mean;
import org.tinytune.core.op.melenergies.MelEnergies;
import org.tinytune.core.op.mfcc.Mfcc;
import org.tinytune.core.op.minimum.Minimum;
import org.tinytune.core.op.mul.Mul;
import org.tinytune.core.op.pad.Pad;
import org.tinytune.core.op.prelu.Prelu;
import org.tinytune.core.op.quantize.Quantize;
import org.tinytune.core.op.relu.Relu;
import org.tinytune.core.op.relu6.Relu6;
import org.tinytune.core.op.reshape.Reshape;
import org.tinytune.core.op.resizearea.ResizeArea;
import org.tinytune.core.op.resizenearestneighbor.ResizeNearestNeighbor;
import org.tinytune.core.op.slide.Slide;
import org.tinytune.core.op.softmax.Softmax;
import org.tinytune.core.op.spectralfeatures.SpectralFeatures;
import org.tinytune.core.op.spectrogram.Spectrogram;
import org.tinytune.core.op.squeeze.Squeeze;
import org.tinytune.core.op.standardize.Standardize;
import org.tinytune.core.op.statistics.Statistics;
import org.tinytune.core.op.stridedslice.ImportedSplit;
import org.tinytune.core.op.stridedslice.StridedSlice;
import org.tinytune.core.op.sub.Sub;
import org.tinytune.core.op.svdf.Svdf;
import org.tinytune.core.op.tanh.Tanh;
import org.tinytune.core.op.transpose.Transpose;
import org.tinytune.core.op.transposeconv.TransposeConv;

/** The registry: every operator that there is. */
public final class Operators {
    /** All operators of networks that a device can run, by name: those that TFLite knows. */
    public static final List<Operator<?>> ALL = List.of(
            Add.INSTANCE,
            AveragePool2d.INSTANCE,
            Concatenation.INSTANCE,
            Conv2d.INSTANCE,
            DepthwiseConv2d.INSTANCE,
            ExpandDims.INSTANCE,
            FullyConnected.INSTANCE,
            HardSwish.INSTANCE,
            LeakyRelu.INSTANCE,
            Logistic.INSTANCE,
            Maximum.INSTANCE,
            MaxPool2d.INSTANCE,
            Mean.INSTANCE,
            Minimum.INSTANCE,
            Mul.INSTANCE,
            Pad.INSTANCE,
            Prelu.INSTANCE,
            Quantize.INSTANCE,
            Relu.INSTANCE,
            Relu6.INSTANCE,
            Reshape.INSTANCE,
            ResizeNearestNeighbor.INSTANCE,
            Softmax.INSTANCE,
            Squeeze.INSTANCE,
            StridedSlice.INSTANCE,
            Sub.INSTANCE,
            Svdf.INSTANCE,
            Tanh.INSTANCE,
            Transpose.INSTANCE,
            TransposeConv.INSTANCE);

    /** Operators that are gone before a model leaves the trainer: nothing but training knows them. */
    public static final List<TrainingOnly<?>> TRAINING_ONLY = List.of(BatchNorm.INSTANCE, Dropout.INSTANCE);

    /** Operators that make a network's input of samples or images, by name: a device runs them, TFLite knows none. */
    public static final List<DspBlock<?>> DSP_BLOCKS = List.of(
            MelEnergies.INSTANCE,
            Mfcc.INSTANCE,
            ResizeArea.INSTANCE,
            SpectralFeatures.INSTANCE,
            Spectrogram.INSTANCE,
            Standardize.INSTANCE,
            Statistics.INSTANCE);

    /** Operators that only graphs for continuous use hold, which are derived from models: no file holds them. */
    public static final List<Operator<?>> CONTINUOUS = List.of(Slide.INSTANCE);

    /** What files hold and graphs say with other operators. */
    private static final List<ImportedOperator> IMPORTED_ONLY = List.of(ImportedSplit.INSTANCE);

    private Operators() {}

    /** The operator with that TFLite name. */
    public static Optional<Operator<?>> byName(String name) {
        return find(operator -> operator.name().equals(name));
    }

    /** The operator with that code in a TFLite file. */
    public static Optional<Operator<?>> byBuiltinOperator(int code) {
        return find(operator -> operator.tflite().builtinOperator() == code);
    }

    /** What a node of a TFLite file with that code becomes. */
    public static Optional<ImportedOperator> imported(int code) {
        Optional<ImportedOperator> operator = byBuiltinOperator(code).map(ImportedOperator::of);
        return operator.or(() -> IMPORTED_ONLY.stream()
                .filter(imported -> imported.builtinOperator() == code)
                .findFirst());
    }

    private static Optional<Operator<?>> find(Predicate<Operator<?>> wanted) {
        return ALL.stream().filter(wanted).findFirst();
    }
}
