package org.tinytune.device.serial;

import java.io.IOException;

/** The other side of a line said too little in the time that it had. */
public final class SilenceException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param message what was waited for */
    public SilenceException(String message) {
        super(message);
    }
}
