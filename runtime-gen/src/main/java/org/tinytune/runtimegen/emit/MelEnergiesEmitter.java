package org.tinytune.runtimegen.emit;

import java.util.List;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.MelParams;
import org.tinytune.core.op.melenergies.MelEnergies;
import org.tinytune.runtimegen.CTarget;

/** {@code MEL_ENERGIES}: sine, window and bands. */
final class MelEnergiesEmitter implements Emitter<MelParams> {
    @Override
    public Operator<MelParams> operator() {
        return MelEnergies.INSTANCE;
    }

    @Override
    public int scratchBytes(MelParams params, Operands operands, CTarget target, String variant) {
        return SpectrumTables.scratchBytes(params.spectrum(), target);
    }

    @Override
    public List<KernelCall> emit(Site<MelParams> site) {
        return List.of(SpectrumTables.of("mel_energies", site, MelParams::spectrum)
                .bands(site.params())
                .build());
    }
}
