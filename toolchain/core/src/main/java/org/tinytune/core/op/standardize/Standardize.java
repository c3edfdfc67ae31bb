package org.tinytune.core.op.standardize;

import java.util.List;
import org.tinytune.core.graph.Cost;
import org.tinytune.core.graph.InPlace;
import org.tinytune.core.graph.Int16Kernel;
import org.tinytune.core.graph.Int8Kernel;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.QuantSpec;
import org.tinytune.core.graph.RowWindow;
import org.tinytune.core.graph.TfliteCodec;
import org.tinytune.core.op.BlockWork;
import org.tinytune.core.op.Costs;
import org.tinytune.core.op.DspBlock;
import org.tinytune.core.op.Shapes;
import org.tinytune.core.tensor.Shape;

/**
 * {@code STANDARDIZE}: int16 features of any ranges become the int8 input of a network, each by a mean and a factor of
 * its own. Operands: features, int16 {@code [1, H, W, C]}; the means, int16 {@code [W·C]}; the factors, int16
 * {@code [W·C]}, not negative. Output: int8 {@code [1, H, W, C]}.
 *
 * <p>Means and factors are those of training samples. A feature that is always the same has a factor of 0.
 */
public final class Standardize implements DspBlock<StandardizeParams> {
    /** The operator. */
    public static final Standardize INSTANCE = new Standardize();

    private static final int OPERANDS = 3;

    private Standardize() {}

    @Override
    public String name() {
        return "STANDARDIZE";
    }

    @Override
    public Class<StandardizeParams> paramsType() {
        return StandardizeParams.class;
    }

    @Override
    public Shape inferShape(StandardizeParams params, List<Shape> inputs) {
        Shapes.requireCount(inputs, OPERANDS, OPERANDS);
        Shape features = Shapes.require4d(inputs, 0);
        for (int i = 1; i < OPERANDS; i++) {
            Shape constants = Shapes.require(inputs, i);
            if (constants.rank() != 1 || constants.dim(0) != features.rowElements()) {
                throw new InvalidModelException(
                        "constants " + constants + " are not one for each of a row of " + features);
            }
        }
        return features;
    }

    @Override
    public QuantSpec quantSpec(StandardizeParams params) {
        return QuantSpec.ownRange();
    }

    @Override
    public RowWindow rowWindow(StandardizeParams params, List<Shape> inputs) {
        return RowWindow.rowByRow(inputs.get(0).rows());
    }

    @Override
    public InPlace inPlace(StandardizeParams params) {
        return InPlace.NEVER;
    }

    @Override
    public Int8Kernel<StandardizeParams> int8() {
        return Int8Kernel.none("features are int16");
    }

    @Override
    public Int16Kernel<StandardizeParams> int16() {
        return StandardizeInt16::prepare;
    }

    @Override
    public TfliteCodec<StandardizeParams> tflite() {
        return TfliteCodec.none("its constants belong into the metadata, with the blocks before it");
    }

    @Override
    public BlockWork work(StandardizeParams params, List<Shape> inputs) {
        Shape features = inputs.get(0);
        return new BlockWork(features.rows(), 0, features.elements());
    }

    @Override
    public Cost cost(StandardizeParams params, List<Shape> inputs) {
        return Costs.withoutMacs(inputs, inputs.get(0));
    }
}
