package org.tinytune.runtimegen.emit;

import java.util.List;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.SpectrumParams;
import org.tinytune.core.op.spectrogram.Spectrogram;
import org.tinytune.runtimegen.CTarget;

/** {@code SPECTROGRAM}: sine and window. */
final class SpectrogramEmitter implements Emitter<SpectrumParams> {
    @Override
    public Operator<SpectrumParams> operator() {
        return Spectrogram.INSTANCE;
    }

    @Override
    public int scratchBytes(SpectrumParams params, Operands operands, CTarget target, String variant) {
        return SpectrumTables.scratchBytes(params, target);
    }

    @Override
    public List<KernelCall> emit(Site<SpectrumParams> site) {
        return List.of(SpectrumTables.of("spectrogram", site, params -> params).build());
    }
}
