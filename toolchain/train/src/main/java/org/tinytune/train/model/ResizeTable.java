package org.tinytune.train.model;

import java.util.List;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.op.resizearea.ResizeArea;
import org.tinytune.core.op.resizearea.ResizeAreaParams;
import org.tinytune.core.tensor.Shape;
import org.tinytune.train.settings.TomlTable;

/** Reads the table {@code [features]} of a network for images. Checked by: ResizeTableTest. */
final class ResizeTable {
    /** What the key {@code block} says. */
    static final String BLOCK = "resize";

    private static final String CROP = "crop";
    private static final int PART_NUMBERS = 4;

    private final TomlTable table;
    private final Shape image;

    /** @param image {@code [H, W, C]} */
    ResizeTable(TomlTable table, Shape image) {
        this.table = table;
        this.image = image;
    }

    /**
     * The part that it asks for, and what becomes of it.
     *
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if it has a mistake, or does not fit the images
     */
    ResizeAreaParams read() {
        String block = table.text("block", BLOCK);
        if (!block.equals(BLOCK)) {
            throw table.error("block = \"" + block + "\" is for recordings, but samples are images " + image
                    + ": give block = \"" + BLOCK + "\", or leave the table out");
        }
        try {
            ResizeAreaParams params = params(table.flag("grey", false));
            table.requireNothingElse();
            ResizeArea.INSTANCE.inferShape(params, List.of(Shape.of(1, image.dim(0), image.dim(1), image.dim(2))));
            return params;
        } catch (InvalidModelException e) {
            throw table.error(e.getMessage());
        }
    }

    private ResizeAreaParams params(boolean grey) {
        if (table.has(CROP) && !table.isText(CROP)) {
            return part(table.integers(CROP, 0, ResizeAreaParams.MAX_EXTENT), grey);
        }
        int height = extent("height", image.dim(0));
        int width = extent("width", image.dim(1));
        String crop = table.textOr(CROP, "whole");
        return switch (crop) {
            case "whole" -> ResizeAreaParams.whole(image.dim(0), image.dim(1), height, width, grey);
            case "middle" -> ResizeAreaParams.middle(image.dim(0), image.dim(1), height, width, grey);
            default ->
                throw table.error(CROP + " = \"" + crop
                        + "\": give \"whole\", \"middle\" or [top, left, height, width] in pixels");
        };
    }

    private ResizeAreaParams part(List<Integer> crop, boolean grey) {
        if (crop.size() != PART_NUMBERS) {
            throw table.error(CROP + " = " + crop + ": give [top, left, height, width] in pixels");
        }
        int height = crop.get(2);
        int width = crop.get(3);
        return new ResizeAreaParams(
                crop.get(0), crop.get(1), height, width, extent("height", height), extent("width", width), grey);
    }

    /** Of what the network sees: at most that of its part of the image, which it is if left out. */
    private int extent(String key, int part) {
        return table.integerOr(key, part, 1, Math.max(1, part));
    }
}
