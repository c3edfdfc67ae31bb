package org.tinytune.data.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;

/** What all errors of the readers have in common. */
final class Expect {
    private Expect() {}

    /** Expects an input error of one line, and hands its message on. */
    static AbstractStringAssert<?> invalidInput(ThrowingCallable call) {
        TinytuneException e = catchThrowableOfType(TinytuneException.class, call);
        assertThat(e).as("an error").isNotNull();
        assertThat(e.exitCode()).isEqualTo(ExitCode.INVALID_INPUT);
        return assertThat(e.getMessage()).doesNotContain("\n").hasSizeLessThan(300);
    }
}
