package org.tinytune.data.check;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.Dataset;
import org.tinytune.data.augmentation.SampleKind;

/** Values that tell little: constant samples and channels, silence, and what a sensor has clipped. */
final class Signals {
    private static final int MAX_SHOWN = 8;

    /** Silence is 60 dB below the full scale of int16. */
    private static final double SILENT_RMS = 32768 / 1000.0;

    /** So many readings in a row at the end of a channel's range are no coincidence. */
    private static final int CLIPPED_RUN = 3;

    /** Channels that take fewer counts are switches, or of too few bits to tell. */
    private static final float MIN_COUNTS = 255;

    /** Of a label: then it is what the label means. */
    private static final double EXPECTED_SHARE = 0.9;

    /** Of a label: more is no fault of a sensor. */
    private static final double FAULTY_SHARE = 0.1;

    private static final double CLIPPED_WARNING = 0.01;

    private final CheckedData data;
    private final SampleScan scan;
    private final BitSet silent = new BitSet();
    private final BitSet clipped = new BitSet();
    private final List<BitSet> still = new ArrayList<>();

    Signals(CheckedData data, SampleScan scan) {
        this.data = data;
        this.scan = scan;
        IntStream.range(0, scan.channels()).forEach(c -> still.add(new BitSet()));
        Shape shape = data.data().shape();
        if (SampleKind.of(shape).isSeries()) {
            lookAtSeries(
                    data.data().signal().map(SampleKind::of).orElseGet(() -> SampleKind.of(shape)) == SampleKind.SOUND);
        }
    }

    private void lookAtSeries(boolean sound) {
        Dataset dataset = data.data();
        BitSet clippable = clippable();
        // Real values of a smaller scale say nothing of how loud they are.
        boolean counts = IntStream.range(0, scan.channels()).anyMatch(this::takesManyCounts);
        float[] values = new float[dataset.shape().elements()];
        for (int i = 0; i < dataset.size(); i++) {
            dataset.read(i, values, 0);
            if (scan.constant().get(i)) {
                continue;
            }
            for (int c = 0; c < scan.channels(); c++) {
                still.get(c).set(i, isStill(values, c));
            }
            silent.set(i, sound && counts && rms(values) < SILENT_RMS);
            for (int c = clippable.nextSetBit(0); c >= 0; c = clippable.nextSetBit(c + 1)) {
                if (isClipped(values, c)) {
                    clipped.set(i);
                }
            }
        }
    }

    private boolean takesManyCounts(int channel) {
        return scan.max(channel) - scan.min(channel) >= MIN_COUNTS;
    }

    private BitSet clippable() {
        BitSet clippable = new BitSet();
        IntStream.range(0, scan.channels()).filter(this::takesManyCounts).forEach(clippable::set);
        return clippable;
    }

    /** Of all channels, each about its own mean: gravity is no sound. */
    private double rms(float[] values) {
        int channels = scan.channels();
        int moments = values.length / channels;
        double variances = 0;
        for (int c = 0; c < channels; c++) {
            double sum = 0;
            double squares = 0;
            for (int at = c; at < values.length; at += channels) {
                sum += values[at];
                squares += (double) values[at] * values[at];
            }
            double mean = sum / moments;
            variances += Math.max(0, squares / moments - mean * mean);
        }
        return Math.sqrt(variances / channels);
    }

    /** Whether a channel that is not always the same is so here. */
    private boolean isStill(float[] values, int channel) {
        for (int at = channel; at < values.length; at += scan.channels()) {
            if (values[at] != values[channel]) {
                return false;
            }
        }
        return scan.min(channel) != scan.max(channel);
    }

    private boolean isClipped(float[] values, int channel) {
        int run = 0;
        for (int at = channel; at < values.length; at += scan.channels()) {
            boolean atEnd = values[at] == scan.min(channel) || values[at] == scan.max(channel);
            run = !atEnd ? 0 : run > 0 && values[at] == values[at - scan.channels()] ? run + 1 : 1;
            if (run == CLIPPED_RUN) {
                return true;
            }
        }
        return false;
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        addConstantChannels(findings);
        add(
                findings,
                scan.constant(),
                Severity.WARNING,
                "constant-samples",
                "samples hold one value only",
                "remove them: a sensor was off, or a file is empty");
        add(
                findings,
                unexpectedlyStill(),
                Severity.NOTE,
                "still-channels",
                "samples hold one value only in a channel, though nearly all others of their label do not",
                "look whether an axis of the sensor was off, or a wire was loose");
        add(
                findings,
                unexpected(silent),
                Severity.WARNING,
                "silent",
                "samples are silent, 60 dB or more below full scale, though others of their label are not",
                "remove them, or label them as silence");
        add(
                findings,
                clipped,
                clipped.cardinality() > CLIPPED_WARNING * data.data().size() ? Severity.WARNING : Severity.NOTE,
                "clipped",
                "samples stay at an end of their channel's range for 3 readings or more: clipped",
                "record with less gain, or a larger range of the sensor");
        return findings;
    }

    private void addConstantChannels(List<Finding> findings) {
        List<Integer> constant = IntStream.range(0, scan.channels())
                .filter(c -> scan.min(c) == scan.max(c))
                .boxed()
                .toList();
        if (constant.isEmpty()) {
            return;
        }
        boolean table = data.data().shape().rank() == 1;
        findings.add(Finding.of(
                table ? Severity.NOTE : Severity.WARNING,
                "constant-channels",
                (table ? "columns" : "channels") + " have one value in all samples, counted from 0: "
                        + constant.stream()
                                .limit(MAX_SHOWN)
                                .map(String::valueOf)
                                .collect(Collectors.joining(", "))
                        + (constant.size() > MAX_SHOWN ? " ..." : ""),
                constant.size(),
                "leave them out: they cost memory and tell nothing"));
    }

    private void add(
            List<Finding> findings, BitSet samples, Severity severity, String check, String what, String suggestion) {
        if (!samples.isEmpty()) {
            findings.add(new Finding(
                    severity, check, what, samples.cardinality(), data.places(samples.stream()), suggestion));
        }
    }

    /** Samples of which a channel is still, as few of their label are. */
    private BitSet unexpectedlyStill() {
        BitSet all = new BitSet();
        if (data.hasLabels()) {
            still.forEach(samples -> all.or(unexpected(samples, FAULTY_SHARE)));
        }
        return all;
    }

    /** Those whose label does not mean it. */
    private BitSet unexpected(BitSet samples) {
        return data.hasLabels() ? unexpected(samples, EXPECTED_SHARE) : samples;
    }

    /**
     * Those of labels of which fewer are so. Constant samples are none of either: they are a finding of their own, and
     * tell nothing of what a label means.
     */
    private BitSet unexpected(BitSet samples, double share) {
        Dataset dataset = data.data();
        int[] all = new int[dataset.labels().size()];
        int[] some = new int[all.length];
        for (int i = 0; i < dataset.size(); i++) {
            all[dataset.target(i)] += scan.constant().get(i) ? 0 : 1;
            some[dataset.target(i)] += samples.get(i) ? 1 : 0;
        }
        BitSet unexpected = new BitSet();
        samples.stream()
                .filter(i -> some[dataset.target(i)] < share * all[dataset.target(i)])
                .forEach(unexpected::set);
        return unexpected;
    }
}
