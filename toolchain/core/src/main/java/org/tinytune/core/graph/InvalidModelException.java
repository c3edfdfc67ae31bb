package org.tinytune.core.graph;

import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;

/** A model whose parts do not fit each other: shapes, types, quantization or topology. */
public class InvalidModelException extends TinytuneException {
    private static final long serialVersionUID = 1L;

    /** @param message one line: which part, and what is wrong with it */
    public InvalidModelException(String message) {
        super(ExitCode.INVALID_INPUT, message);
    }
}
