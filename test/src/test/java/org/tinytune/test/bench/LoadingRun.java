package org.tinytune.test.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tinytune.core.op.Frames;
import org.tinytune.core.op.FrontEnd;
import org.tinytune.data.Dataset;
import org.tinytune.data.Parallel;
import org.tinytune.data.feature.FeatureDesigns;
import org.tinytune.data.feature.FeatureDesigns.Bands;
import org.tinytune.data.feature.FeatureSamples;
import org.tinytune.data.reader.DataSets;
import org.tinytune.data.reader.ReadOptions;
import org.tinytune.data.recording.RecordingOptions;

/**
 * The way from a folder of recordings to what a network is trained on, in a process of its own: windows of a second,
 * and 10 MFCC of 49 frames each.
 *
 * @param windows of all recordings
 * @param load seconds until the windows are there
 * @param fit seconds that the front end is fitted to them
 * @param features seconds that features are made of all
 * @param whole seconds from the start of the process to its end
 */
record LoadingRun(int windows, double load, double fit, double features, double whole) {
    private static final int COEFFICIENTS = 10;
    private static final int BANDS = 40;
    private static final int FLOOR_DB = -80;
    private static final int FRAME_MILLIS = 40;
    private static final int STRIDE_MILLIS = 20;

    /**
     * Runs a process.
     *
     * @param pattern as {@code label_pattern} is; empty if folders name the labels
     * @param cache the folder that it may keep files in
     */
    static LoadingRun of(Path data, String pattern, Path cache) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LoadingRun.class.getName(),
                        data.toString(),
                        pattern)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("TINYTUNE_CACHE", cache.toString());
        long began = System.nanoTime();
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.onExit().join().exitValue();
        double whole = secondsSince(began);
        if (status != 0) {
            throw new IllegalStateException("a run ended with " + status);
        }
        String[] fields = output.strip().split(" ");
        return new LoadingRun(
                Integer.parseInt(fields[0]),
                Double.parseDouble(fields[1]),
                Double.parseDouble(fields[2]),
                Double.parseDouble(fields[3]),
                whole);
    }

    /** @param args the folder, and the pattern */
    public static void main(String[] args) {
        SortedMap<String, String> options = new TreeMap<>(Map.of(RecordingOptions.WINDOW, "1s"));
        if (!args[1].isEmpty()) {
            options.put(RecordingOptions.LABEL_PATTERN, args[1]);
        }
        Parallel parallel = Parallel.ofMachine();
        long began = System.nanoTime();
        Dataset windows = DataSets.load(Path.of(args[0]), ReadOptions.NONE.with(new RecordingOptions(options)));
        double load = secondsSince(began);
        began = System.nanoTime();
        int rate = (int) Math.rint(windows.signal().orElseThrow().rateHz());
        Frames frames = new Frames(rate * FRAME_MILLIS / 1000, rate * STRIDE_MILLIS / 1000);
        Bands bands = new Bands(frames, BANDS, Bands.usualLowHz(rate), Bands.usualHighHz(rate), rate, FLOOR_DB);
        FrontEnd frontEnd = FeatureDesigns.mfcc(bands, COEFFICIENTS).fit(windows, parallel);
        double fit = secondsSince(began);
        began = System.nanoTime();
        FeatureSamples made = FeatureSamples.of(frontEnd, windows, parallel);
        double features = secondsSince(began);
        System.out.println(made.size() + " " + load + " " + fit + " " + features);
    }

    private static double secondsSince(long began) {
        return (System.nanoTime() - began) / 1e9;
    }
}
