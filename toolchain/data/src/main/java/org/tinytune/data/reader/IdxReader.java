package org.tinytune.data.reader;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.Dataset;
import org.tinytune.data.DatasetBuilder;

/**
 * Reads a folder of IDX files: images and labels for training, and perhaps both for testing. A file is told by its
 * number of extents (labels have one) and by its name: what begins with {@code t10k} or {@code test} is the test part.
 */
final class IdxReader {
    /** Far above anything that a microcontroller holds, and small enough to take memory for on a header's word. */
    private static final int MAX_SAMPLE_VALUES = 1 << 22;

    private final DatasetDescriptor descriptor;
    private final String name;
    private DatasetBuilder builder;
    private int[] imageExtents;
    private String firstImages;

    private IdxReader(DatasetDescriptor descriptor, String name) {
        this.descriptor = descriptor;
        this.name = name;
    }

    /**
     * Reads a data set.
     *
     * @param files all IDX files of the folder
     * @param name of the data set, unless the descriptor has one
     */
    static Dataset read(List<DataFile> files, DatasetDescriptor descriptor, String name) {
        if (descriptor.taskKind() == TaskKind.REGRESSION) {
            throw files.get(0).invalid(" is an IDX file, which holds classes: a regression needs a CSV file");
        }
        IdxReader reader = new IdxReader(descriptor, name);
        Optional<Part> training = part(files.stream().filter(f -> !isTest(f)).toList());
        Optional<Part> test = part(files.stream().filter(IdxReader::isTest).toList());
        reader.addPart(training.orElseThrow(() -> new TinytuneException(
                ExitCode.INVALID_INPUT,
                name + " holds test files but no training files (train-images-idx3-ubyte, train-labels-idx1-ubyte)")));
        if (test.isPresent()) {
            reader.builder.beginTestPart();
            reader.addPart(test.get());
        }
        return descriptor.build(reader.builder, name);
    }

    private void addPart(Part part) {
        try (IdxFile images = IdxFile.open(part.images());
                IdxFile labels = IdxFile.open(part.labels())) {
            if (images.count() != labels.count()) {
                throw images.invalid(" holds " + images.count() + " images, but " + labels.name() + " " + labels.count()
                        + " labels: they do not belong together");
            }
            checkSize(images);
            byte[] values = new byte[builder.shape().elements()];
            byte[] label = new byte[1];
            for (int i = 0; i < images.count(); i++) {
                images.read(values);
                labels.read(label);
                builder.add(values, labelName(labels, label[0] & 0xff, i));
            }
            images.expectEnd();
            labels.expectEnd();
        }
    }

    private void checkSize(IdxFile images) {
        int[] extents = images.itemExtents();
        if (builder == null) {
            firstImages = images.name();
            imageExtents = extents;
            builder = descriptor.byteBuilder(name, shape(images));
        } else if (!Arrays.equals(extents, imageExtents)) {
            throw images.invalid(" holds images of " + Arrays.toString(extents) + ", " + firstImages + " of "
                    + Arrays.toString(imageExtents) + ": all images of a set must be of one size");
        }
    }

    /** A vector, a grey image, or an image with channels. */
    private Shape shape(IdxFile images) {
        int[] extents = images.itemExtents();
        Shape own = extents.length == 2 ? Shape.of(extents[0], extents[1], 1) : Shape.of(extents);
        if (own.elements() > MAX_SAMPLE_VALUES) {
            throw images.invalid(" holds images of " + Arrays.toString(extents) + ", larger than the "
                    + MAX_SAMPLE_VALUES + " values that one sample may have");
        }
        Shape wanted = descriptor.sampleShape().orElse(own);
        if (wanted.elements() != own.elements()) {
            throw images.invalid(" holds images of " + Arrays.toString(extents) + ", which are not the " + wanted
                    + " of " + DatasetDescriptor.FILE_NAME);
        }
        return wanted;
    }

    private String labelName(IdxFile file, int label, int position) {
        if (descriptor.labels().isEmpty()) {
            return Integer.toString(label);
        }
        List<String> names = descriptor.labels().get();
        if (label >= names.size()) {
            throw file.invalid(": label " + label + " at position " + position + " has no name in "
                    + DatasetDescriptor.FILE_NAME + ", which names " + names.size());
        }
        return names.get(label);
    }

    private static boolean isTest(DataFile file) {
        return file.plainName().startsWith("t10k") || file.plainName().startsWith("test");
    }

    private static Optional<Part> part(List<DataFile> files) {
        if (files.isEmpty()) {
            return Optional.empty();
        }
        DataFile first = files.get(0);
        List<DataFile> labels = files.stream().filter(IdxReader::holdsLabels).toList();
        List<DataFile> images = files.stream().filter(f -> !labels.contains(f)).toList();
        if (images.isEmpty() || labels.isEmpty()) {
            throw first.invalid(images.isEmpty() ? " has no image file beside it" : " has no label file beside it");
        }
        if (images.size() > 1 || labels.size() > 1) {
            List<DataFile> twice = images.size() > 1 ? images : labels;
            throw twice.get(1)
                    .invalid(" and " + twice.get(0).name() + " both hold " + (images.size() > 1 ? "images" : "labels")
                            + " of the same part: keep one");
        }
        return Optional.of(new Part(images.get(0), labels.get(0)));
    }

    private static boolean holdsLabels(DataFile file) {
        try (IdxFile idx = IdxFile.open(file)) {
            return idx.itemExtents().length == 0;
        }
    }

    /** Images and their labels. */
    private record Part(DataFile images, DataFile labels) {}
}
