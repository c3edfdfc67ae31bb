package org.tinytune.data.recording;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tinytune.data.Int16Store;
import org.tinytune.data.SignalFormat;

/**
 * Cuts recordings into windows: those that a model is trained on, and those that it is given later, by the same steps.
 * Any thread may ask.
 */
public final class WindowCutter {
    private final SignalFormat format;
    private final SetRate rate;
    private final int window;
    private final int stride;
    private final Padding padding;

    private WindowCutter(SignalFormat format, SetRate rate, int window, int stride, Padding padding) {
        this.format = format;
        this.rate = rate;
        this.window = window;
        this.stride = stride;
        this.padding = padding;
    }

    /**
     * The cutter of a set, or of a model.
     *
     * @param format of the windows
     * @param window frames of each
     * @param options of which stride and padding are used; otherwise windows do not overlap, and what is shorter is
     *     padded as sound or anything else is by default
     */
    public static WindowCutter of(SignalFormat format, int window, Readings.Kind kind, RecordingOptions options) {
        WindowOptions said = options.windows();
        return new WindowCutter(
                format,
                new SetRate(format.rateHz()),
                window,
                said.stride().map(span -> span.frames(format.rateHz())).orElse(window),
                said.padding().orElse(kind == Readings.Kind.AUDIO ? Padding.CENTRE : Padding.REPEAT));
    }

    /** What the counts of a window mean. */
    SignalFormat format() {
        return format;
    }

    /** Frames of a window. */
    int window() {
        return window;
    }

    /** Frames from the beginning of one window to that of the next. */
    public int stride() {
        return stride;
    }

    /** How what is shorter than a window is filled up. */
    Padding padding() {
        return padding;
    }

    /** How many windows a recording gives, at least one. */
    int count(Readings.Kind kind, double fromHz, int frames) {
        return Recording.windows(rate.frames(kind, fromHz, frames), window, stride);
    }

    /**
     * The windows of a recording, at least one, each {@code [window, channels]}. Readings beyond what a count can say
     * become the nearest one.
     *
     * @param readings with the channels of the format, or with any if that has one channel, to which they are mixed
     */
    public List<short[]> cut(Readings readings) {
        List<short[]> windows = new ArrayList<>();
        cut(readings, 0, (k, values) -> windows.add(values.clone()));
        return windows;
    }

    /**
     * Those windows of a recording that it fills, none if it is shorter than one; otherwise as {@link #cut(Readings)}.
     */
    public List<short[]> filled(Readings readings) {
        boolean shorter = rate.frames(readings.kind(), readings.rateHz(), readings.frames()) < window;
        return shorter ? List.of() : cut(readings);
    }

    /**
     * Puts the windows of a recording; otherwise as {@link #cut(Readings)}.
     *
     * @param first the place of its first window
     * @param sink that keeps no array
     */
    void cut(Readings readings, int first, Int16Store.Sink sink) {
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
        recording = rate.applied(recording, readings.kind());
        short[] values = new short[window * recording.channels()];
        for (int k = 0; k < Recording.windows(recording.frames(), window, stride); k++) {
            recording.window(k * stride, padding, values);
            sink.put(first + k, values);
        }
    }

    /** Whether readings have the rate of the format, so far as it is known. */
    public boolean isRate(Readings readings) {
        return rate.isThatOf(readings.kind(), readings.rateHz());
    }

    /** Whether readings can be brought to the rate of the format. */
    public boolean canResample(Readings readings) {
        return rate.isNear(readings.rateHz());
    }
}
