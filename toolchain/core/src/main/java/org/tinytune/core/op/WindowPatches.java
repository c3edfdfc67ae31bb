package org.tinytune.core.op;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.tinytune.core.vector.Patches;
import org.tinytune.core.vector.VectorMath;

/**
 * A window that slides over images, as patches of matrices: what it sees in the input, forward, and which outputs see
 * an input, backward. Images are taken in groups, so that long loops run over small images too.
 *
 * <p>Backward, with a stride of s, inputs fall into s classes along each extent, by their position modulo s. Within a
 * class, every input is seen by the same taps, and moving on by one input moves on by one output: so each class is a
 * convolution with stride 1 over the gradient of the output, and nothing is multiplied by zeros in between.
 */
public final class WindowPatches {
    /** Floats of staged images that a group may take: a part of an ordinary second-level cache. */
    private static final int GROUP_FLOATS = 1 << 16;

    /** Stretches of so few elements are written out one behind the other: loops over them would end at once. */
    private static final int SHORT_RUN = 12;

    private final SlidingWindow rows;
    private final SlidingWindow columns;
    private final int outputChannels;
    private final boolean dense;
    private final int group;
    private final Staging input;
    /** What the window sees in staged inputs. */
    private final Patches seen;
    /** Whether that is written out, row by row. */
    private final boolean writesOut;

    private final int stagedElements;
    private final Patches forward;
    private final Staging gradient;
    private final List<Residue> residues;

    /**
     * Inputs that the same taps see.
     *
     * @param patches of the staged gradient of the output; targets are in the input's gradient
     * @param inputs of one image
     * @param taps in the order of the patches: row times the window's columns plus column
     */
    public record Residue(Patches patches, int inputs, int[] taps) {}

    /**
     * @param rows the window along the rows
     * @param columns the window along the columns
     * @param inputChannels of the images that the window sees
     * @param outputChannels of the images that it makes
     * @param dense whether an output channel sees all input channels; otherwise it sees the one of its number
     * @param samples most images that there will be at a time
     */
    public WindowPatches(
            SlidingWindow rows,
            SlidingWindow columns,
            int inputChannels,
            int outputChannels,
            boolean dense,
            int samples) {
        this.rows = rows;
        this.columns = columns;
        this.outputChannels = outputChannels;
        this.dense = dense;
        this.input = staging(rows, columns, inputChannels);
        this.writesOut =
                dense && rows.taps() > 1 && columns.dilation() == 1 && columns.taps() * inputChannels <= SHORT_RUN;
        int elements = taps() * inputChannels;
        this.stagedElements = writesOut ? outputs() * elements : input.elements();
        this.group = Math.max(1, Math.min(samples, GROUP_FLOATS / stagedElements));
        this.seen = forward(inputChannels);
        this.forward = writesOut ? Patches.rows(group * outputs(), elements, outputChannels) : seen;
        List<Line> rowLines = Line.of(rows);
        List<Line> columnLines = Line.of(columns);
        this.gradient = gradientStaging(rowLines, columnLines);
        this.residues = residues(rowLines, columnLines, inputChannels);
    }

    /** How many images are taken at a time. */
    public int group() {
        return group;
    }

    /** Outputs of one image, channels not counted. */
    public int outputs() {
        return rows.output() * columns.output();
    }

    /** Taps of the window. */
    public int taps() {
        return rows.taps() * columns.taps();
    }

    /** Floats of scratch that a group takes, of inputs or of gradients. */
    int scratch() {
        int inputs = group * stagedElements + VectorMath.SLACK + (writesOut ? group * input.elements() : 0);
        return Math.max(inputs, group * gradient.elements()) + VectorMath.SLACK;
    }

    /** Whether the window can read inputs where they are. */
    boolean readsInputs() {
        return !writesOut && input.isDirect();
    }

    /** Elements that an image takes once it is staged. */
    int stagedElements() {
        return stagedElements;
    }

    /**
     * Copies inputs to where the window can read them.
     *
     * @param images one behind the other
     * @param count how many they are, at most a group
     * @param scratch receives them from its beginning
     * @param padding what lies outside of images
     */
    void stageInputs(VectorMath math, float[] images, int from, int count, float[] scratch, float padding) {
        if (!writesOut) {
            input.copyAll(images, from, count, scratch, 0, padding);
        } else if (input.isDirect()) {
            math.copyPatches(images, from, seen, count * outputs(), scratch, 0);
        } else {
            int aside = group * stagedElements + VectorMath.SLACK;
            input.copyAll(images, from, count, scratch, aside, padding);
            math.copyPatches(scratch, aside, seen, count * outputs(), scratch, 0);
        }
    }

    /** What the window sees in a group of staged inputs; targets are in the output. */
    public Patches forward() {
        return forward;
    }

    /** Whether the gradient of the output can be read where it is. */
    boolean readsGradients() {
        return gradient.isDirect();
    }

    /** Copies the gradients of outputs, as {@link #stageInputs} copies inputs; what lies outside is 0. */
    void stageGradients(float[] gradients, int from, int count, float[] scratch) {
        gradient.copyAll(gradients, from, count, scratch, 0, 0);
    }

    /** The classes of inputs; one without taps has a gradient of 0. */
    public List<Residue> residues() {
        return residues;
    }

    private static Staging staging(SlidingWindow rows, SlidingWindow columns, int channels) {
        int height = reach(rows);
        int width = reach(columns);
        boolean inside =
                rows.before() == 0 && columns.before() == 0 && height <= rows.input() && width <= columns.input();
        return inside
                ? new Staging(rows.input(), columns.input(), channels, 0, 0, rows.input(), columns.input())
                : new Staging(rows.input(), columns.input(), channels, rows.before(), columns.before(), height, width);
    }

    /** Elements from the first to the last that any position of the window sees. */
    private static int reach(SlidingWindow window) {
        return (window.output() - 1) * window.stride() + (window.taps() - 1) * window.dilation() + 1;
    }

    private Patches forward(int inputChannels) {
        int pitch = input.stagedWidth() * inputChannels;
        int[] offsets = new int[group * outputs()];
        int i = 0;
        for (int n = 0; n < group; n++) {
            for (int y = 0; y < rows.output(); y++) {
                for (int x = 0; x < columns.output(); x++) {
                    offsets[i++] =
                            n * input.elements() + y * rows.stride() * pitch + x * columns.stride() * inputChannels;
                }
            }
        }
        int[] rowStarts = multiples(rows.taps(), rows.dilation());
        int[] columnStarts = multiples(columns.taps(), columns.dilation());
        int[] targets = Patches.multiples(offsets.length, outputChannels);
        return patches(offsets, rowStarts, columnStarts, pitch, inputChannels, targets);
    }

    private static int[] multiples(int count, int step) {
        return Patches.multiples(count, step);
    }

    /** Patches of these taps; those that lie side by side in a row make one stretch if the window is dense. */
    private Patches patches(
            int[] offsets, int[] rowStarts, int[] columnStarts, int pitch, int channels, int[] targets) {
        boolean adjacent = dense
                && IntStream.range(1, columnStarts.length).allMatch(i -> columnStarts[i] == columnStarts[i - 1] + 1);
        int stretches = adjacent ? Math.min(1, columnStarts.length) : columnStarts.length;
        int run = adjacent ? columnStarts.length * channels : channels;
        int[] segments = new int[rowStarts.length * stretches];
        int i = 0;
        for (int row : rowStarts) {
            for (int s = 0; s < stretches; s++) {
                segments[i++] = row * pitch + columnStarts[s] * channels;
            }
        }
        return new Patches(offsets, segments, run, targets);
    }

    private Staging gradientStaging(List<Line> rowLines, List<Line> columnLines) {
        int top = Line.before(rowLines);
        int left = Line.before(columnLines);
        int height = Math.max(rows.output(), Line.end(rowLines)) + top;
        int width = Math.max(columns.output(), Line.end(columnLines)) + left;
        return new Staging(rows.output(), columns.output(), outputChannels, top, left, height, width);
    }

    private List<Residue> residues(List<Line> rowLines, List<Line> columnLines, int inputChannels) {
        List<Residue> all = new ArrayList<>();
        for (Line r : rowLines) {
            for (Line c : columnLines) {
                all.add(residue(r, c, inputChannels));
            }
        }
        return all;
    }

    private Residue residue(Line row, Line column, int inputChannels) {
        int pitch = gradient.stagedWidth() * outputChannels;
        int inputs = row.count * column.count;
        int[] offsets = new int[group * inputs];
        int[] targets = new int[group * inputs];
        int i = 0;
        for (int n = 0; n < group; n++) {
            for (int y = 0; y < row.count; y++) {
                for (int x = 0; x < column.count; x++) {
                    offsets[i] = n * gradient.elements()
                            + (y + gradient.top()) * pitch
                            + (x + gradient.left()) * outputChannels;
                    int inputRow = n * rows.input() + row.first + y * rows.stride();
                    targets[i++] = (inputRow * columns.input() + column.first + x * columns.stride()) * inputChannels;
                }
            }
        }
        int[] taps = new int[row.taps.length * column.taps.length];
        int t = 0;
        for (int ky : row.taps) {
            for (int kx : column.taps) {
                taps[t++] = ky * columns.taps() + kx;
            }
        }
        Patches patches = patches(offsets, row.outputs, column.outputs, pitch, outputChannels, targets);
        return new Residue(patches, inputs, taps);
    }

    /**
     * A class of inputs along one extent.
     *
     * @param first the first of them
     * @param count how many they are
     * @param taps that see them, in the order of {@code outputs}
     * @param outputs under which the first of them lies, by tap, ascending; negative ones are padding
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Line(int first, int count, int[] taps, int[] outputs) {
        static List<Line> of(SlidingWindow window) {
            List<Line> lines = new ArrayList<>();
            for (int first = 0; first < Math.min(window.stride(), window.input()); first++) {
                int position = first + window.before();
                int stride = window.stride();
                int dilation = window.dilation();
                // A later tap sees the input from an earlier output.
                int[] taps = IntStream.range(0, window.taps())
                        .map(i -> window.taps() - 1 - i)
                        .filter(tap -> Math.floorMod(position - tap * dilation, stride) == 0)
                        .toArray();
                int[] outputs = IntStream.of(taps)
                        .map(tap -> Math.floorDiv(position - tap * dilation, stride))
                        .toArray();
                int count = (window.input() - first + stride - 1) / stride;
                lines.add(new Line(first, count, taps, outputs));
            }
            return lines;
        }

        /** Padding that the classes need in front of the outputs. */
        static int before(List<Line> lines) {
            return lines.stream()
                    .flatMapToInt(line -> IntStream.of(line.outputs))
                    .map(output -> -output)
                    .filter(padding -> padding > 0)
                    .max()
                    .orElse(0);
        }

        /** One past the last output that the classes need. */
        static int end(List<Line> lines) {
            return lines.stream()
                    .flatMapToInt(line -> IntStream.of(line.outputs).map(output -> output + line.count))
                    .max()
                    .orElse(0);
        }
    }
}
