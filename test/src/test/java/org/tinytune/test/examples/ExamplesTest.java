package org.tinytune.test.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tinytune.core.board.Boards;
import org.tinytune.core.testing.InstalledTools;
import org.tinytune.core.testing.SharedFolder;
import org.tinytune.core.tool.Tools;
import org.tinytune.test.Processes.Outcome;
import org.tinytune.test.Repository;
import org.tinytune.test.cli.Program;

/**
 * The examples on a small budget: few candidates on a part of the data, as their pages say, find something that fits
 * and that does much better than chance, and an emulated board computes it to the byte.
 */
@Tag("slow")
@Timeout(120)
class ExamplesTest {
    private static final String BOARD = "qemu-mps2-an386";
    private static final List<String> JVM = List.of("--add-modules=jdk.incubator.vector", "-XX:TieredStopAtLevel=4");
    private static final int KILOBYTE = 1024;
    private static final String TRIALS = "2";

    @TempDir
    private Path folder;

    /** Of each digit a speaker's first five recordings are tested, the next twenty trained on: chance is 10 %. */
    @Test
    void spokenDigitsAreTold() throws Exception {
        Path recordings = SharedFolder.require("data/fsdd").resolve("recordings");
        Path data = Files.createDirectory(folder.resolve("data"));
        try (Stream<Path> files = Files.list(recordings)) {
            for (Path file : files.filter(f -> f.getFileName().toString().matches(".*_(1?\\d|2[0-4])\\.wav"))
                    .toList()) {
                Files.copy(file, data.resolve(file.getFileName()));
            }
        }

        Path out = folder.resolve("out");
        JsonNode summary = json(List.of(
                "train",
                "--data",
                data.toString(),
                "--label-pattern",
                "{label}_{speaker}_{index}.wav",
                "--window",
                "1s",
                "--test-part",
                "index < 5",
                "--model",
                Repository.ROOT.resolve("examples/keywords/model.toml").toString(),
                "--out",
                out.toString(),
                "--quiet",
                "--json"));
        assertThat(summary.get("int8TestAccuracy").asDouble()).isGreaterThan(0.93);

        InstalledTools.assumeEmulatorOf(Boards.byId(BOARD));
        JsonNode profile = json(List.of(
                "profile", out.resolve("model.tflite").toString(), "--board", BOARD, "--samples", "10", "--json"));
        assertThat(profile.get("differingBytes").asInt()).isZero();
    }

    /** Of four gestures: chance is 25 %. */
    @Test
    void gesturesAreTold() throws Exception {
        Path export = SharedFolder.require("data/imu-gestures").resolve("imu-acc-export.zip");

        JsonNode best = searched(6, 24, "--data", export.toString());

        assertThat(best.get("int8TestAccuracy").asDouble()).isGreaterThan(0.75);
    }

    /** Of ten kinds of clothes, from 600 images: chance is 10 %. */
    @Test
    void clothesAreTold() throws Exception {
        InstalledTools.assume(Tools.FASHION_MNIST);
        Path data = Files.createDirectory(folder.resolve("data"));
        for (String part : List.of("train", "t10k")) {
            int count = part.equals("train") ? 400 : 200;
            copyIdx(part + "-images-idx3-ubyte", 3, count, data);
            copyIdx(part + "-labels-idx1-ubyte", 1, count, data);
        }

        JsonNode best = searched(16, 32, "--data", data.toString());

        assertThat(best.get("int8TestAccuracy").asDouble()).isGreaterThan(0.5);
    }

    /** The first samples of an IDX file. */
    private static void copyIdx(String name, int rank, int count, Path to) throws IOException {
        Path file = Path.of("/usr/share/datasets/fashion-mnist", name + ".gz");
        try (DataInputStream in =
                        new DataInputStream(new BufferedInputStream(new GZIPInputStream(Files.newInputStream(file))));
                DataOutputStream out = new DataOutputStream(Files.newOutputStream(to.resolve(name)))) {
            out.writeInt(in.readInt());
            assertThat(in.readInt()).isGreaterThan(count);
            out.writeInt(count);
            int bytes = 1;
            for (int i = 1; i < rank; i++) {
                int extent = in.readInt();
                out.writeInt(extent);
                bytes *= extent;
            }
            out.write(in.readNBytes(count * bytes));
        }
    }

    /** A search with a few candidates, whose best fits and was profiled. */
    private JsonNode searched(int ramKilobytes, int flashKilobytes, String... data) throws Exception {
        InstalledTools.assumeEmulatorOf(Boards.byId(BOARD));
        List<String> arguments = new ArrayList<>(List.of(
                "search",
                "--board",
                BOARD,
                "--max-ram",
                ramKilobytes + "KB",
                "--max-flash",
                flashKilobytes + "KB",
                "--trials",
                TRIALS,
                "--json",
                "--quiet",
                "--out",
                folder.resolve("out").toString()));
        arguments.addAll(List.of(data));
        JsonNode summary = json(arguments);
        JsonNode best = summary.get("best");
        assertThat(best.get("ramBytes").asInt()).isLessThanOrEqualTo(ramKilobytes * KILOBYTE);
        assertThat(best.get("flashBytes").asInt()).isLessThanOrEqualTo(flashKilobytes * KILOBYTE);
        assertThat(summary.at("/profile/status").asText()).isEqualTo("ok");
        assertThat(summary.at("/profile/differingBytes").asInt()).isZero();
        return best;
    }

    /** All kinds of damage together, incipient ones among them; chance is 0.5. */
    @Test
    void damagedBearingsAreTold() throws Exception {
        InstalledTools.assumeEmulatorOf(Boards.byId(BOARD));
        String data = folder.resolve("data").toString();
        assertThat(BearingProgram.runSource(data, "--seconds", "0.5").exitCode())
                .isZero();
        String out = folder.resolve("out").toString();
        String model = Repository.ROOT.resolve("examples/anomaly/model.toml").toString();

        JsonNode summary = json(List.of("train", "--data", data, "--model", model, "--out", out, "--json", "--quiet"));
        JsonNode profile =
                json(List.of("profile", out + "/model.tflite", "--board", BOARD, "--samples", "10", "--json"));

        assertThat(auc(summary.get("int8TestMetrics"))).isGreaterThan(0.85);
        assertThat(profile.get("differingBytes").asInt()).isZero();
    }

    private static double auc(JsonNode metrics) {
        for (JsonNode figure : metrics) {
            if (figure.get("metric").asText().equals("ROC-AUC")) {
                return figure.get("value").asDouble();
            }
        }
        throw new AssertionError("no ROC-AUC in " + metrics);
    }

    private JsonNode json(List<String> arguments) throws Exception {
        Outcome outcome = Program.run(folder, JVM, arguments.toArray(String[]::new));
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        return new ObjectMapper().readTree(outcome.out());
    }
}
