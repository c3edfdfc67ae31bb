package org.tinytune.test.bench;

import static org.tinytune.test.bench.Markdown.number;
import static org.tinytune.test.bench.Markdown.row;
import static org.tinytune.test.bench.Markdown.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.tinytune.cli.profile.ModelProfile;

/** The runs of the benchmark of blocks as Markdown. */
final class DspTables {
    private static final String INTRODUCTION = """
            # Blocks before a network on emulated cores

            What a window costs and how exact its features are. Written by `test/bench/dsp`, which also compares every output byte.
            Instructions are the mean over three windows of noise, counted by QEMU; GCC 12.2, -O2. AVR is the ATmega328P of an Arduino
            Uno: cycles, by simavr, -Os; a line means that its 2 KB of RAM do not hold the window. A percentage is of what the block may
            take there. Sound is cut into 49 frames of 40 ms, with an FFT of 1024, 40 bands and 10 coefficients; motion is one frame
            behind a low pass of order 6, with an FFT of 128 and 3 peaks.

            SNR is the variance of the features over the mean square of their error against the definition in double, in the worst of
            20 spoken digits (8 kHz, frames of 40 ms every 20, 24 bands, noise floor -80 dB) or of the axes of 12 gestures. Statistics
            and standardized features are whole numbers, off by what [operators.md](operators.md#features-of-motion) says.

            """;

    private record Line(DspWindow window, Map<EmulatedCore, InferenceRun> runs, Optional<ModelProfile> avr) {}

    private final List<EmulatedCore> cores;
    private final List<Line> lines = new ArrayList<>();

    DspTables(List<EmulatedCore> cores) {
        this.cores = List.copyOf(cores);
    }

    /** Adds a block. */
    void add(DspWindow window, Map<EmulatedCore, InferenceRun> runs, Optional<ModelProfile> avr) {
        lines.add(new Line(window, runs, avr));
    }

    /** Whether all blocks take no more than they may. */
    boolean isWithinBars() {
        return lines.stream()
                .allMatch(line -> cores.stream()
                        .allMatch(core -> line.runs().get(core).instructions()
                                <= line.window().bar(core).orElse(Long.MAX_VALUE)));
    }

    /** All tables. */
    String print() {
        StringBuilder text = new StringBuilder(INTRODUCTION);
        instructions(text);
        bytes(text);
        return text.toString();
    }

    private void instructions(StringBuilder text) {
        text.append("## Instructions and exactness\n\n");
        List<String> head = new ArrayList<>(List.of("block", "window", "output"));
        cores.forEach(core -> head.add(title(core)));
        head.addAll(List.of("AVR", "SNR"));
        row(text, head);
        rule(text, head.size());
        for (Line line : lines) {
            DspWindow window = line.window();
            List<String> cells = new ArrayList<>(List.of(
                    window.name(),
                    window.window(),
                    window.graph().output().shape().toString()));
            for (EmulatedCore core : cores) {
                long count = line.runs().get(core).instructions();
                cells.add(number(count)
                        + window.bar(core).map(bar -> percent(count, bar)).orElse(""));
            }
            cells.add(line.avr().map(profile -> number(profile.cycles())).orElse("-"));
            OptionalDouble snr = window.snr().get();
            cells.add(snr.isPresent() ? String.format(Locale.ROOT, "%.1f dB", snr.getAsDouble()) : "");
            row(text, cells);
        }
        text.append('\n');
    }

    private void bytes(StringBuilder text) {
        text.append("""
                ## Bytes

                Flash is the start-up's code, the block's and its tables; on AVR also the protocol that profiles. RAM is static data,
                the window and its features included, and the stack that was seen to be used.

                """);
        List<String> head = new ArrayList<>(List.of("block", "window", "features"));
        cores.forEach(core -> head.addAll(List.of("flash, " + title(core), "RAM")));
        head.addAll(List.of("flash, AVR", "RAM"));
        row(text, head);
        rule(text, head.size());
        for (Line line : lines) {
            DspWindow window = line.window();
            List<String> cells = new ArrayList<>(List.of(
                    window.name(),
                    number(window.graph().input().bytes()),
                    number(window.graph().output().bytes())));
            for (EmulatedCore core : cores) {
                InferenceRun run = line.runs().get(core);
                cells.add(number(run.weightBytes() + run.otherFlashBytes()));
                cells.add(number(run.ramBytes()));
            }
            cells.add(line.avr().map(profile -> number(profile.flashBytes())).orElse("-"));
            cells.add(line.avr().map(profile -> number(profile.ramBytes())).orElse("-"));
            row(text, cells);
        }
    }

    private static String title(EmulatedCore core) {
        return core.id().toUpperCase(Locale.ROOT);
    }

    private static String percent(long count, long bar) {
        return String.format(Locale.ROOT, " (%.0f %%)", 100.0 * count / bar);
    }
}
