package org.tinytune.core.op.add;

import java.util.List;
import org.tinytune.core.graph.Cost;
import org.tinytune.core.graph.Float32Kernel;
import org.tinytune.core.graph.InPlace;
import org.tinytune.core.graph.Int8Kernel;
import org.tinytune.core.graph.QatKernel;
import org.tinytune.core.graph.QuantSpec;
import org.tinytune.core.graph.RowWindow;
import org.tinytune.core.graph.TfliteCodec;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.ChannelWise;
import org.tinytune.core.op.Costs;
import org.tinytune.core.op.Fusing;
import org.tinytune.core.op.OptionsCodec;
import org.tinytune.core.op.Pairing;
import org.tinytune.core.op.ScaledSumInt8;
import org.tinytune.core.tensor.Shape;

/** {@code ADD}: the elementwise sum of two operands, as {@link Pairing} brings their elements together. */
public final class Add implements Fusing<AddParams>, ChannelWise<AddParams> {
    /** The operator. */
    public static final Add INSTANCE = new Add();

    private static final TfliteCodec<AddParams> TFLITE = new OptionsCodec<>(
            0,
            11,
            new OptionsCodec.Versions(1, 2, 5),
            List.of(TfliteCodec.Field.ofByte(0, 0, p -> p.activation().code())),
            (options, inputs) -> new AddParams(Activation.ofCode(options.getInt(0))));

    private Add() {}

    @Override
    public String name() {
        return "ADD";
    }

    @Override
    public Shape inferShape(AddParams params, List<Shape> inputs) {
        return Pairing.shape(inputs);
    }

    @Override
    public QuantSpec quantSpec(AddParams params) {
        return QuantSpec.ownRange(ScaledSumInt8.LEAST_SCALE);
    }

    @Override
    public RowWindow rowWindow(AddParams params, List<Shape> inputs) {
        return Pairing.rowWindow(inputs);
    }

    @Override
    public InPlace inPlace(AddParams params) {
        return InPlace.over(0, 1);
    }

    @Override
    public boolean gradientInPlace() {
        return true;
    }

    @Override
    public Int8Kernel<AddParams> int8() {
        return (params, operands) -> ScaledSumInt8.sum(operands, params.activation());
    }

    @Override
    public Float32Kernel<AddParams> float32() {
        return AddTraining::float32;
    }

    @Override
    public QatKernel<AddParams> qat() {
        return AddTraining::qat;
    }

    @Override
    public TfliteCodec<AddParams> tflite() {
        return TFLITE;
    }

    @Override
    public Cost cost(AddParams params, List<Shape> inputs) {
        return Costs.withoutMacs(inputs, inferShape(params, inputs));
    }

    @Override
    public Activation activation(AddParams params) {
        return params.activation();
    }

    @Override
    public AddParams withActivation(AddParams params, Activation activation) {
        return new AddParams(activation);
    }

    @Override
    public boolean keepsChannels(AddParams params, List<Shape> inputs) {
        return true;
    }
}
