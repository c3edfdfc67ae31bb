package org.tinytune.data.reader;

import java.util.List;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.Dataset;
import org.tinytune.data.DatasetBuilder;
import org.tinytune.data.reader.Layout.Placed;
import org.tinytune.data.recording.DataPart;

/**
 * Reads images whose place says what they are. All are of one size; if all are grey, samples have one channel,
 * otherwise three. Raw values are 0 to 255.
 */
final class ImageFolderReader {
    private ImageFolderReader() {}

    /**
     * @param images at least one
     * @param notes told of what a user should know
     */
    static Dataset read(List<Placed> images, DatasetDescriptor descriptor, String name, List<String> notes) {
        DataFile first = images.get(0).file();
        if (descriptor.taskKind() == TaskKind.REGRESSION) {
            throw first.invalid(" is an image, which has a class: a regression needs a CSV file");
        }
        DatasetBuilder builder = descriptor.byteBuilder(name, shape(images, descriptor));
        Labels labels = new Labels(descriptor);
        boolean grouped = images.stream().anyMatch(i -> i.group().isPresent());
        byte[] values = new byte[builder.shape().elements()];
        for (DataPart part : DataPart.values()) {
            if (part == DataPart.TEST && images.stream().anyMatch(i -> partOf(i) == part)) {
                builder.beginTestPart();
            }
            for (Placed image : images) {
                if (partOf(image) == part) {
                    float[] pixels = ImageFile.read(image.file(), builder.shape());
                    for (int i = 0; i < values.length; i++) {
                        values[i] = (byte) (int) pixels[i];
                    }
                    builder.add(
                            values,
                            labels.checked(
                                    image.file().name(),
                                    image.label()
                                            .orElseThrow(() -> image.file()
                                                    .invalid(
                                                            " has no label: put it into a folder called so, or name a {label} in the"
                                                                    + " label_pattern"))));
                    if (grouped) {
                        builder.group(image.group().orElse(image.file().name()));
                    }
                }
            }
        }
        builder.forgetSingleGroup().map(CsvReader::ofAll).ifPresent(notes::add);
        return descriptor.build(builder, name);
    }

    private static DataPart partOf(Placed image) {
        return image.part().orElse(DataPart.TRAINING);
    }

    private static Shape shape(List<Placed> images, DatasetDescriptor descriptor) {
        DataFile first = images.get(0).file();
        Shape shape = ImageFile.shape(first);
        for (Placed image : images) {
            Shape other = ImageFile.shape(image.file());
            if (other.dim(0) != shape.dim(0) || other.dim(1) != shape.dim(1)) {
                throw image.file()
                        .invalid(" is " + other.dim(1) + "x" + other.dim(0) + " pixels, " + first.name()
                                + " is " + shape.dim(1) + "x" + shape.dim(0)
                                + ": all images of a set must be of one size, scale or crop them");
            }
            shape = other.dim(2) > shape.dim(2) ? other : shape;
        }
        return descriptor.sampleShape().orElse(shape);
    }
}
