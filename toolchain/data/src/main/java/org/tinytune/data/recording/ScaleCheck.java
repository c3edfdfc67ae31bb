package org.tinytune.data.recording;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tinytune.data.recording.RecordingSurvey.Facts;

/**
 * Whether a scale leaves something of each channel: a single wrong reading, or a channel of another size, may make it
 * so coarse that all others become one count.
 */
final class ScaleCheck {
    private final List<Facts> recordings;
    private final double scale;

    private ScaleCheck(List<Facts> recordings, double scale) {
        this.recordings = recordings;
        this.scale = scale;
    }

    /**
     * What a user should know of a scale.
     *
     * @param recordings at least one, all with the same channels
     * @param declared whether the user said the scale
     * @throws org.tinytune.core.TinytuneException with {@link org.tinytune.core.ExitCode#INVALID_INPUT} if it leaves
     *     nothing of any channel
     */
    static Optional<String> note(List<Facts> recordings, double scale, boolean declared) {
        ScaleCheck check = new ScaleCheck(recordings, scale);
        List<Integer> varying = IntStream.range(0, recordings.get(0).spreads().size())
                .filter(c ->
                        recordings.stream().anyMatch(r -> r.spreads().get(c).varies()))
                .boxed()
                .toList();
        List<Integer> lost = varying.stream().filter(check::isLost).toList();
        if (lost.isEmpty()) {
            return Optional.empty();
        }
        String what = lost.size() == varying.size()
                ? "all readings"
                : "those of " + lost.stream().map(check::channel).collect(Collectors.joining(", "));
        String text = declared ? check.tooCoarse(what) : check.tooLarge(what);
        if (lost.size() == varying.size()) {
            throw RecordingSurvey.invalid(text);
        }
        return Optional.of(text);
    }

    private boolean isLost(int channel) {
        return recordings.stream()
                .map(r -> r.spreads().get(channel))
                .filter(Spread::varies)
                .allMatch(spread -> spread.isLostAt(scale));
    }

    private String channel(int index) {
        return recordings.get(0).channels().get(index);
    }

    private String tooCoarse(String what) {
        return "at the scale " + RecordingWindows.number(scale) + ", " + what
                + " round to one value: give a smaller one, or none (scale = ..., or --scale)";
    }

    private String tooLarge(String what) {
        Facts source = recordings.get(0);
        int channel = 0;
        for (Facts recording : recordings) {
            for (int c = 0; c < recording.spreads().size(); c++) {
                if (recording.spreads().get(c).peak()
                        > source.spreads().get(channel).peak()) {
                    source = recording;
                    channel = c;
                }
            }
        }
        return source.source() + " holds a reading of magnitude "
                + RecordingWindows.number(source.spreads().get(channel).peak()) + " in the channel " + channel(channel)
                + ", beside which " + what + " round to one value in 16 bits: correct it if it is wrong, or leave out"
                + " the file, or the channel (columns = \"...\", or --columns)";
    }
}
