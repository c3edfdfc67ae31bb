package org.tinytune.data.recording;

import java.util.Optional;

/**
 * A recording in the scale and rate of its data set.
 *
 * @param source the file, and which of its recordings if there are several
 * @param label what was recorded
 * @param group a speaker, a subject, a session; otherwise the recording stands for itself
 * @param part to which the files say that it belongs
 * @param rateHz frames a second
 * @param scale real units a count
 * @param channels samples of a frame
 * @param samples interleaved: {@code [frames, channels]}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Recording(
        String source,
        String label,
        Optional<String> group,
        Optional<DataPart> part,
        double rateHz,
        double scale,
        int channels,
        short[] samples) {

    /** Moments that were recorded. */
    public int frames() {
        return samples.length / channels;
    }

    /** How many windows so many frames give: at least one, for what is shorter is padded. */
    static int windows(int frames, int window, int stride) {
        return frames <= window ? 1 : (frames - window) / stride + 1;
    }

    /**
     * Copies a window.
     *
     * @param first its first frame, from which on there is a whole window, unless the recording is shorter than one
     * @param into of {@code [window, channels]}
     */
    void window(int first, Padding padding, short[] into) {
        int window = into.length / channels;
        if (frames() >= window) {
            System.arraycopy(samples, first * channels, into, 0, into.length);
            return;
        }
        for (int f = 0; f < window; f++) {
            int from = padding.source(f, frames(), window);
            for (int c = 0; c < channels; c++) {
                into[f * channels + c] = from < 0 ? 0 : samples[from * channels + c];
            }
        }
    }

    /** All channels mixed to one: their mean, rounded to the nearest, halves upwards. */
    Recording mono() {
        if (channels == 1) {
            return this;
        }
        short[] mixed = new short[frames()];
        for (int f = 0; f < mixed.length; f++) {
            int sum = 0;
            for (int c = 0; c < channels; c++) {
                sum += samples[f * channels + c];
            }
            mixed[f] = (short) Math.floorDiv(2 * sum + channels, 2 * channels);
        }
        return with(rateHz, 1, mixed);
    }

    /** At another rate. */
    Recording resampled(Resampler resampler, double toRateHz) {
        return with(toRateHz, channels, resampler.resample(samples, channels));
    }

    private Recording with(double otherRateHz, int otherChannels, short[] otherSamples) {
        return new Recording(source, label, group, part, otherRateHz, scale, otherChannels, otherSamples);
    }
}
