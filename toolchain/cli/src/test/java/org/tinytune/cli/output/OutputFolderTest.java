package org.tinytune.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;

class OutputFolderTest {
    private static final String MARKER = "made.json";

    @TempDir
    private Path temporary;

    private static Function<Path, String> files(String... names) {
        return folder -> {
            for (String name : names) {
                try {
                    Files.writeString(folder.resolve(name), name);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return "written";
        };
    }

    private static List<String> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void createsTheFolderAndThoseAboveIt() throws IOException {
        Path out = temporary.resolve("a/b");
        String answer = OutputFolder.claim(out, MARKER, false).write(files(MARKER, "x"));

        assertThat(answer).isEqualTo("written");
        assertThat(list(out)).containsExactly(MARKER, "x");
        assertThat(list(out.getParent())).containsExactly("b");
    }

    @Test
    void leavesNothingBehindWhenTheWorkFails() throws IOException {
        Path out = temporary.resolve("out");
        OutputFolder folder = OutputFolder.claim(out, MARKER, false);

        assertThatThrownBy(() -> folder.write(made -> {
                    String unused = files("half").apply(made);
                    throw new TinytuneException(ExitCode.DOES_NOT_FIT, "too large");
                }))
                .hasMessage("too large");
        assertThat(list(temporary)).isEmpty();
    }

    /** The system does not say where there was no room, and the folder's other name is nobody's business. */
    @Test
    void saysThatItIsThisFolderForWhichThereIsNoRoom() {
        Path out = temporary.resolve("out");
        OutputFolder folder = OutputFolder.claim(out, MARKER, false);
        for (boolean named : new boolean[] {false, true}) {
            assertThatThrownBy(() -> folder.write(made -> {
                        String reason = "No space left on device";
                        String file = made.resolve("x.c").toString();
                        throw new UncheckedIOException(
                                named ? new FileSystemException(file, null, reason) : new IOException(reason));
                    }))
                    .hasRootCauseMessage(out + ": No space left on device");
        }
    }

    @Test
    void refusesAFolderThatExists() throws IOException {
        Path out = Files.createDirectory(temporary.resolve("out"));

        assertThatThrownBy(() -> OutputFolder.claim(out, MARKER, false))
                .isInstanceOf(TinytuneException.class)
                .hasMessageContaining("out exists")
                .extracting(e -> ((TinytuneException) e).exitCode())
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void forceReplacesAllOfAnEarlierResult() throws IOException {
        Path out = temporary.resolve("out");
        OutputFolder.claim(out, MARKER, false).write(files(MARKER, "old"));
        OutputFolder.claim(out, MARKER, true).write(files(MARKER, "new"));

        assertThat(list(out)).containsExactly(MARKER, "new");
        assertThat(list(temporary)).containsExactly("out");
    }

    @Test
    void forceKeepsTheEarlierResultWhenTheWorkFails() throws IOException {
        Path out = temporary.resolve("out");
        OutputFolder.claim(out, MARKER, false).write(files(MARKER, "old"));
        OutputFolder folder = OutputFolder.claim(out, MARKER, true);

        assertThatThrownBy(() -> folder.write(files("new"))).isInstanceOf(IllegalStateException.class);
        assertThat(list(out)).containsExactly(MARKER, "old");
        assertThat(list(temporary)).containsExactly("out");
    }

    @Test
    void forceDoesNotReplaceWhatIsNotOurs() throws IOException {
        Path home = Files.createDirectory(temporary.resolve("home"));
        Files.writeString(home.resolve("thesis.tex"), "years of work");

        assertThatThrownBy(() -> OutputFolder.claim(home, MARKER, true))
                .isInstanceOf(TinytuneException.class)
                .hasMessageContaining("nothing that tinytune wrote");
        assertThat(list(home)).containsExactly("thesis.tex");
    }
}
