package org.tinytune.runtimegen.emit;

import java.util.ArrayList;
import java.util.List;
import org.tinytune.core.dsp.AveragedSpectrum;
import org.tinytune.core.dsp.Biquad;
import org.tinytune.core.dsp.Butterworth;
import org.tinytune.core.dsp.Log2;
import org.tinytune.core.dsp.Window;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.spectralfeatures.SpectralFeatures;
import org.tinytune.core.op.spectralfeatures.SpectralFeaturesParams;
import org.tinytune.core.tensor.Shape;
import org.tinytune.runtimegen.CTarget;

/** {@code SPECTRAL_FEATURES}: sine, window and the filter's sections. */
final class SpectralFeaturesEmitter implements Emitter<SpectralFeaturesParams> {
    @Override
    public Operator<SpectralFeaturesParams> operator() {
        return SpectralFeatures.INSTANCE;
    }

    /** Values of a frame, the sum of its spectra, and where there are several the latest of these. */
    @Override
    public int scratchBytes(SpectralFeaturesParams params, Operands operands, CTarget target, String variant) {
        AveragedSpectrum spectrum = params.spectrum();
        int spectra = Math.min(2, spectrum.segments(params.frames().length()));
        int words = params.frames().length() + spectra * spectrum.fft().dataLength();
        return words * Integer.BYTES + SpectrumTables.spareBytes(target);
    }

    @Override
    public List<KernelCall> emit(Site<SpectralFeaturesParams> site) {
        SpectralFeaturesParams params = site.params();
        AveragedSpectrum spectrum = params.spectrum();
        int length = params.frames().length();
        Shape input = site.input(0).shape();
        boolean windowed = params.window() != Window.RECTANGULAR;
        return List.of(KernelCall.ofInt16("spectral_features")
                .summary(length + " samples every " + params.frames().stride() + ", FFT of " + params.fftLength())
                .scratch(scratchBytes(params, site.operands(), site.target(), site.variant()))
                .rows(site.outputShape().rows())
                .geometry("samples", input.rows())
                .geometry("channels", input.dim(3))
                .geometry("input_ring_rows", site.inputRingRows().get(0))
                .geometry("frames", site.outputShape().rows())
                .geometry("features", params.features())
                .geometry("output_ring_rows", site.outputRingRows())
                .geometry("frame_length", length)
                .geometry("frame_stride", params.frames().stride())
                .geometry("sections", params.filter().map(f -> f.order() / 2).orElse(0))
                .geometry(
                        "high_pass",
                        params.filter().filter(Butterworth::highPass).isPresent() ? 1 : 0)
                .geometry("fraction_bits", params.fractionBits())
                .geometry("fft_length", params.fftLength())
                .geometry("windowed", windowed ? 1 : 0)
                .geometry("segments", spectrum.segments(length))
                .geometry("greatest", params.greatest() ? 1 : 0)
                .geometry("up", spectrum.up())
                .geometry("reference", spectrum.reference(length, params.fractionBits()))
                .geometry("floor", Log2.ofDecibels(params.noiseFloorDb()))
                .geometry("scale", 2 * params.scaleBits() << Log2.FRACTION_BITS)
                .geometry("moments", params.moments() ? 1 : 0)
                .geometry("peaks", params.peaks())
                .geometry("first_bin", params.firstBin())
                .geometry("end_bin", params.endBin())
                .array(FlashArray.of("tables", tables(params, spectrum, windowed)))
                .build());
    }

    private static short[] tables(SpectralFeaturesParams params, AveragedSpectrum spectrum, boolean windowed) {
        List<Short> tables = new ArrayList<>();
        addAll(tables, spectrum.fft().sine());
        addAll(tables, windowed ? spectrum.swings() : new short[0]);
        for (Biquad section : params.filter().map(Butterworth::sections).orElse(List.of())) {
            addWord(tables, section.gain());
            addWord(tables, section.halfFeedback());
            addWord(tables, section.damping());
        }
        short[] array = new short[tables.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = tables.get(i);
        }
        return array;
    }

    private static void addAll(List<Short> tables, short[] table) {
        for (short value : table) {
            tables.add(value);
        }
    }

    /** As two numbers, the lower half first. */
    private static void addWord(List<Short> tables, int word) {
        tables.add((short) word);
        tables.add((short) (word >> Short.SIZE));
    }
}
