package org.tinytune.runtimegen.emit;

import java.util.List;
import org.tinytune.core.dsp.CosineTransform;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.mfcc.Mfcc;
import org.tinytune.core.op.mfcc.MfccParams;
import org.tinytune.runtimegen.CTarget;

/** {@code MFCC}: sine, window, bands and cosines. */
final class MfccEmitter implements Emitter<MfccParams> {
    @Override
    public Operator<MfccParams> operator() {
        return Mfcc.INSTANCE;
    }

    @Override
    public int scratchBytes(MfccParams params, Operands operands, CTarget target, String variant) {
        return SpectrumTables.scratchBytes(params.mel().spectrum(), target);
    }

    @Override
    public List<KernelCall> emit(Site<MfccParams> site) {
        CosineTransform transform = Mfcc.transform(site.params());
        SpectrumTables tables = SpectrumTables.of(
                        "mfcc", site, params -> params.mel().spectrum())
                .bands(site.params().mel());
        tables.add(transform.cosines());
        tables.call()
                .geometry("first_multiplier", transform.ofFirst().value())
                .geometry("first_shift", transform.ofFirst().shift())
                .geometry("other_multiplier", transform.ofOthers().value())
                .geometry("other_shift", transform.ofOthers().shift());
        return List.of(tables.build());
    }
}
