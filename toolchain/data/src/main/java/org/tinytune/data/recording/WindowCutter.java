package org.tinytune.data.recording;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tinytune.data.SignalFormat;

/**
 * Cuts a recording into windows of a model, as the recordings that it was trained on were.
 *
 * @param format of the windows
 * @param window frames of each
 * @param stride frames from the beginning of one to that of the next
 * @param padding of a recording that is shorter
 */
public record WindowCutter(SignalFormat format, int window, int stride, Padding padding) {
    /**
     * The cutter of a model.
     *
     * @param options of which stride and padding are used; otherwise windows do not overlap, and what is shorter is
     *     padded as sound or anything else is by default
     */
    public static WindowCutter of(SignalFormat format, int window, Readings.Kind kind, RecordingOptions options) {
        WindowOptions said = options.windows();
        return new WindowCutter(
                format,
                window,
                said.stride().map(span -> span.frames(format.rateHz())).orElse(window),
                said.padding().orElse(kind == Readings.Kind.AUDIO ? Padding.CENTRE : Padding.REPEAT));
    }

    /**
     * The windows of a recording, at least one, each {@code [window, channels]}. Readings beyond what a count can say
     * become the nearest one.
     *
     * @param readings with the channels of the format, or with any if that has one channel, to which they are mixed
     */
    public List<short[]> cut(Readings readings) {
        Recording recording = new Recording(
                "",
                "",
                Optional.empty(),
                Optional.empty(),
                readings.rateHz(),
                format.scale(),
                readings.channels().size(),
                readings.quantize(format.scale()));
        recording = format.channels().size() == 1 ? recording.mono() : recording;
        if (!isRate(readings)) {
            recording = recording.resampled(new Resampler(readings.rateHz(), format.rateHz()), format.rateHz());
        }
        List<short[]> windows = new ArrayList<>();
        for (int k = 0; k < Recording.windows(recording.frames(), window, stride); k++) {
            short[] values = new short[window * recording.channels()];
            recording.window(k * stride, padding, values);
            windows.add(values);
        }
        return windows;
    }

    /** Whether readings have the rate of the format, so far as it is known. */
    public boolean isRate(Readings readings) {
        double tolerance = readings.kind() == Readings.Kind.SERIES ? RecordingWindows.SERIES_RATE_TOLERANCE : 0;
        return Math.abs(readings.rateHz() - format.rateHz()) <= tolerance * format.rateHz();
    }

    /** Whether readings can be brought to the rate of the format. */
    public boolean canResample(Readings readings) {
        double ratio = readings.rateHz() / format.rateHz();
        return Math.max(ratio, 1 / ratio) <= Resampler.MAX_RATIO;
    }
}
