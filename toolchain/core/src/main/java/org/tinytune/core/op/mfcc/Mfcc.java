package org.tinytune.core.op.mfcc;

import org.tinytune.core.dsp.CosineTransform;
import org.tinytune.core.op.FrameKernel;
import org.tinytune.core.op.FrameOperator;
import org.tinytune.core.op.Frames;
import org.tinytune.core.op.MelLogs;
import org.tinytune.core.quant.Quantization;

/**
 * {@code MFCC}: the first coefficients of the orthonormal DCT-II of logarithms of mel energies, in steps of 1/128.
 *
 * <p>Coefficients are in [-256, 256). Only the first can get beyond, and only where more than 40 bands are about as
 * silent as a noise floor of -120 dB: it saturates.
 */
public final class Mfcc extends FrameOperator<MfccParams> {
    /** The operator. */
    public static final Mfcc INSTANCE = new Mfcc();

    private Mfcc() {
        super("MFCC", MfccParams.class, Quantization.perTensor(1f / (1 << CosineTransform.FRACTION_BITS), 0));
    }

    @Override
    protected Frames frames(MfccParams params) {
        return params.mel().spectrum().frames();
    }

    @Override
    protected int features(MfccParams params) {
        return params.coefficients();
    }

    @Override
    protected long macs(MfccParams params) {
        return params.mel().macs() + (long) params.coefficients() * params.mel().bands();
    }

    /** Logarithms of bands; the products behind them are counted. */
    @Override
    protected int values(MfccParams params) {
        return params.mel().bands();
    }

    @Override
    protected FrameKernel.Frame frame(MfccParams params) {
        MelLogs mel = new MelLogs(params.mel());
        CosineTransform transform = transform(params);
        return (sample, feature) -> {
            int[] logs = mel.of(sample);
            for (int k = 0; k < params.coefficients(); k++) {
                feature.set(k, transform.coefficient(k, logs));
            }
        };
    }

    /** The transform of the bands' logarithms. */
    public static CosineTransform transform(MfccParams params) {
        return new CosineTransform(params.mel().bands(), params.coefficients());
    }
}
