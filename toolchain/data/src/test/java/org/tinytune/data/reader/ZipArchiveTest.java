package org.tinytune.data.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.core.TinytuneException;

class ZipArchiveTest {
    private static final int DIRECTORY_ENTRY = 0x02014b50;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil.wav",
                "a/../../evil.wav",
                "/etc/evil.wav",
                "C:/evil.wav",
                "..\\evil.wav",
                "..",
                "./../evil.wav",
                "./C:/evil.wav"
            })
    void refusesNamesThatLeadOut(String name) {
        refuses(TestFiles.zip(Map.of(name, TestFiles.wav(8, 1))))
                .isEqualTo("a.zip: the name '" + name + "' leads out of the archive: it is not to be trusted");
        assertThat(folder.getParent().resolve("evil.wav")).doesNotExist();
    }

    /** As programs of .NET, and those that pack the folder in which they are, name what they pack. */
    @ParameterizedTest
    @ValueSource(strings = {"./%s/0.wav", "%s\\0.wav", ".\\data\\%s\\0.wav", "./data/./%s//0.wav"})
    void namesOfOtherProgramsAreThoseOfFolders(String pattern) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        for (String label : new String[] {"walk", "rest"}) {
            entries.put(String.format(pattern, label), TestFiles.wav(8, 1, 2));
        }
        entries.put("./", new byte[0]);
        entries.put("walk\\", new byte[0]);

        assertThat(DataSets.load(TestFiles.write(folder, "a.zip", TestFiles.zip(entries)))
                        .labels())
                .containsExactly("rest", "walk");
    }

    @Test
    void refusesTwoNamesOfOneFile() {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("walk/0.wav", TestFiles.wav(8, 1));
        entries.put("./walk/0.wav", TestFiles.wav(8, 2));

        refuses(TestFiles.zip(entries)).isEqualTo("a.zip holds 'walk/0.wav' twice: pack it again");
    }

    @Test
    void refusesLinks() {
        byte[] zip = TestFiles.zip(Map.of("link", "/etc/passwd".getBytes(StandardCharsets.UTF_8)));
        ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(directory(bytes) + 38, 0xa1ff << 16);

        refuses(zip).isEqualTo("a.zip: 'link' is a link, which is not followed: pack the file");
    }

    @Test
    void refusesEncryption() {
        byte[] zip = TestFiles.zip(Map.of("a", new byte[10]));
        ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(directory(bytes) + 8, (byte) 1);

        refuses(zip).startsWith("a.zip: 'a' is encrypted: unpack it");
    }

    @Test
    void refusesABombBeforeItIsUnpacked() throws IOException {
        Path file = folder.resolve("a.zip");
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setLevel(Deflater.BEST_COMPRESSION);
            byte[] zeros = new byte[1 << 20];
            zip.putNextEntry(new ZipEntry("yes/zeros.wav"));
            for (int i = 0; i < 257; i++) {
                zip.write(zeros);
            }
            zip.closeEntry();
        }

        Expect.invalidInput(() -> DataSets.load(file))
                .startsWith("a.zip unpacks to more than 200 times its own size, as no data do: it may be a bomb");
    }

    @Test
    void refusesEntriesThatLieAboutTheirSize() {
        byte[] zip = TestFiles.zip(Map.of("yes/a.wav", TestFiles.wav(8, new int[4000])));
        ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(directory(bytes) + 24, 100);

        refuses(zip)
                .startsWith("a.zip: 'yes/a.wav' unpacks to more than the 100 bytes that the archive announces: it is"
                        + " damaged, or a bomb");
    }

    @Test
    void refusesHugeClaims() {
        byte[] zip = TestFiles.zip(Map.of("a", new byte[10]));
        ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(directory(bytes) + 24, 0xfffffff0);

        refuses(zip).contains("unpacks to more than 200 times");
    }

    @Test
    void doesNotOpenAnArchiveInAnArchive() {
        byte[] inner = TestFiles.zip(Map.of("yes/a.wav", TestFiles.wav(8, 1)));

        refuses(TestFiles.zip(Map.of("inner.zip", inner)))
                .endsWith("holds an archive, inner.zip: name that as the data, or unpack it");
    }

    @Test
    void everyCutAndEveryAlteredByteIsOneLineOrReadAsItIs() {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        for (String label : new String[] {"yes", "no"}) {
            entries.put(label + "/a.wav", TestFiles.wav(8, 1, 2, 3));
        }
        byte[] whole = TestFiles.zip(entries);
        for (int length = 4; length < whole.length; length += 3) {
            refuses(Arrays.copyOf(whole, length));
        }
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 300; i++) {
            byte[] altered = whole.clone();
            altered[4 + random.nextInt(whole.length - 4)] = (byte) random.nextInt();
            try {
                DataSets.load(TestFiles.write(folder, "a.zip", altered));
            } catch (TinytuneException e) {
                assertThat(e.getMessage()).doesNotContain("\n").isNotBlank();
            }
        }
    }

    private AbstractStringAssert<?> refuses(byte[] zip) {
        Path file = TestFiles.write(folder, "a.zip", zip);
        return Expect.invalidInput(() -> DataSets.load(file));
    }

    private static int directory(ByteBuffer zip) {
        for (int at = 0; at < zip.capacity() - 4; at++) {
            if (zip.getInt(at) == DIRECTORY_ENTRY) {
                return at;
            }
        }
        throw new AssertionError("no directory");
    }
}
