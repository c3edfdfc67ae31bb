package org.tinytune.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandTest {
    @Test
    void keepsExitCodeAndBothStreams() {
        Command.Result result = Command.run(10, List.of("sh", "-c", "echo out; echo err >&2; exit 3"));
        assertThat(result).isEqualTo(new Command.Result(3, "out\nerr\n"));
    }

    @Test
    void aProgramThatIsNotThereFails() {
        Command.Result result = Command.run(10, List.of("/no/such/program"));
        assertThat(result.exitCode()).isEqualTo(Command.FAILED);
        assertThat(result.output()).contains("/no/such/program");
    }

    @Test
    void aProgramThatDoesNotEndIsStopped() {
        long start = System.nanoTime();
        assertThat(Command.run(1, List.of("sleep", "60")).exitCode()).isEqualTo(Command.FAILED);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    }
}
