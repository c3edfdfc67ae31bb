package org.tinytune.device.profile;

import java.io.IOException;

/** A device answered, but not what the command asks for. */
final class GarbledAnswerException extends IOException {
    private static final long serialVersionUID = 1L;

    GarbledAnswerException(String message) {
        super(message);
    }
}
