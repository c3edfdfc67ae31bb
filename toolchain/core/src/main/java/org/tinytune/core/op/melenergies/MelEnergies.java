package org.tinytune.core.op.melenergies;

import org.tinytune.core.op.FrameKernel;
import org.tinytune.core.op.FrameOperator;
import org.tinytune.core.op.Frames;
import org.tinytune.core.op.LogFeatures;
import org.tinytune.core.op.MelLogs;
import org.tinytune.core.op.MelParams;

/**
 * {@code MEL_ENERGIES}: the power in bands that are equally wide in mel, as a logarithm to the base 2 in steps of
 * 1/256, relative to a sine of full scale in the middle of a band.
 */
public final class MelEnergies extends FrameOperator<MelParams> {
    /** The operator. */
    public static final MelEnergies INSTANCE = new MelEnergies();

    private MelEnergies() {
        super("MEL_ENERGIES", MelParams.class, LogFeatures.OUTPUT);
    }

    @Override
    protected Frames frames(MelParams params) {
        return params.spectrum().frames();
    }

    @Override
    protected int features(MelParams params) {
        return params.bands();
    }

    @Override
    protected long macs(MelParams params) {
        return params.macs();
    }

    @Override
    protected FrameKernel.Frame frame(MelParams params) {
        MelLogs mel = new MelLogs(params);
        return (sample, feature) -> {
            int[] logs = mel.of(sample);
            for (int b = 0; b < logs.length; b++) {
                feature.set(b, LogFeatures.rounded(logs[b]));
            }
        };
    }
}
