package org.tinytune.cli.export;

import org.tinytune.core.TinytuneException;

/** A kind of project that a model is exported as: what somebody's tool takes as it is. Its texts are resources. */
public interface ProjectFormat {
    /** What {@code --format} calls it. */
    String id();

    /** What it is, in a few words that follow "as". */
    String title();

    /** Whether it holds code, which computes in integers alone. */
    boolean needsInt8();

    /**
     * The project.
     *
     * @param model what is exported
     * @throws TinytuneException if the model does not fit the board, or cannot run on a device
     */
    Project make(ExportedModel model);
}
