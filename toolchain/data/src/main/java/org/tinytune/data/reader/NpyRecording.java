package org.tinytune.data.reader;

import java.util.Arrays;
import java.util.List;
import org.tinytune.data.SignalFormat;
import org.tinytune.data.recording.Readings;

/** A NumPy array as a recording: {@code [frames]} or {@code [frames, channels]}. It does not say its rate. */
final class NpyRecording {
    private NpyRecording() {}

    static DecodedFile read(DataFile file, DatasetDescriptor descriptor) {
        NpyArray array = NpyArray.read(file);
        int[] shape = array.shape();
        if (shape.length != 1 && shape.length != 2) {
            throw file.invalid(
                    " has the shape " + Arrays.toString(shape) + ": a recording is [frames] or [frames, channels]");
        }
        double rate = descriptor
                .recordings()
                .rate()
                .orElseThrow(() -> file.invalid(" does not say its rate: give rate = ... in Hz (or --rate)"));
        int channels = shape.length == 1 ? 1 : shape[1];
        List<String> names = SignalFormat.numberedChannels(channels);
        return DecodedFile.of(Readings.ofValues(Readings.Kind.SERIES, names, "", rate, array.numbers()));
    }
}
