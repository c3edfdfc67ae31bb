package org.tinytune.runtimegen.emit;

import java.util.Arrays;
import java.util.function.Function;
import org.tinytune.core.dsp.Log2;
import org.tinytune.core.dsp.MelFilterbank;
import org.tinytune.core.dsp.PowerSpectrum;
import org.tinytune.core.dsp.Window;
import org.tinytune.core.op.MelParams;
import org.tinytune.core.op.SpectrumParams;
import org.tinytune.core.tensor.Shape;
import org.tinytune.runtimegen.CTarget;

/** What the kernels of {@code tt_spectrum.h} take: fields and scratch, and tables, one behind the other. */
final class SpectrumTables {
    /** What it takes to align a scratch to words where the arena is not. */
    private static final int SPARE_BYTES = Integer.BYTES - 1;

    private final KernelCall.Builder call;
    private short[] tables = new short[0];

    private SpectrumTables(KernelCall.Builder call) {
        this.call = call;
    }

    /** Bytes of the spectrum while it is computed. */
    static int scratchBytes(SpectrumParams params, CTarget target) {
        return params.spectrum().fft().dataLength() * Integer.BYTES + spareBytes(target);
    }

    /** Bytes that a scratch of words has to have more, where the arena is not aligned to them. */
    static int spareBytes(CTarget target) {
        return target.alignment() < Integer.BYTES ? SPARE_BYTES : 0;
    }

    /** A call of that kernel, with all that every one takes. */
    static <P extends Record> SpectrumTables of(String kernel, Site<P> site, Function<P, SpectrumParams> spectrumOf) {
        SpectrumParams params = spectrumOf.apply(site.params());
        PowerSpectrum spectrum = params.spectrum();
        Shape input = site.input(0).shape();
        boolean windowed = params.window() != Window.RECTANGULAR;
        KernelCall.Builder call = KernelCall.ofInt16(kernel)
                .summary(params.frames().length() + " samples every "
                        + params.frames().stride() + ", FFT of " + params.fftLength())
                .scratch(scratchBytes(params, site.target()))
                .rows(site.outputShape().rows())
                .geometry("samples", input.rows())
                .geometry("channels", input.dim(3))
                .geometry("input_ring_rows", site.inputRingRows().get(0))
                .geometry("frames", site.outputShape().rows())
                .geometry("features", site.outputShape().dim(2))
                .geometry("output_ring_rows", site.outputRingRows())
                .geometry("frame_length", params.frames().length())
                .geometry("frame_stride", params.frames().stride())
                .geometry("fft_length", params.fftLength())
                .geometry("windowed", windowed ? 1 : 0)
                .geometry("pre_emphasis", params.preEmphasis())
                .geometry("sample_bits", spectrum.sampleBits())
                .geometry("reference", spectrum.reference())
                .geometry("floor", Log2.ofDecibels(params.noiseFloorDb()));
        SpectrumTables tables = new SpectrumTables(call);
        tables.add(spectrum.fft().sine());
        tables.add(windowed ? spectrum.swings() : new short[0]);
        return tables;
    }

    /** Adds the bands. */
    SpectrumTables bands(MelParams params) {
        MelFilterbank filterbank = params.filterbank();
        call.geometry("bands", params.bands()).geometry("guard_bits", filterbank.guardBits());
        int[] edges = filterbank.edges();
        short[] stored = new short[edges.length];
        for (int i = 0; i < edges.length; i++) {
            stored[i] = (short) edges[i];
        }
        add(stored);
        add(filterbank.weights());
        return this;
    }

    /** Adds a table. */
    void add(short[] table) {
        short[] longer = Arrays.copyOf(tables, tables.length + table.length);
        System.arraycopy(table, 0, longer, tables.length, table.length);
        tables = longer;
    }

    /** The call, for what a kernel takes beside. */
    KernelCall.Builder call() {
        return call;
    }

    /** The call with its tables. */
    KernelCall build() {
        return call.array(FlashArray.of("tables", tables)).build();
    }
}
