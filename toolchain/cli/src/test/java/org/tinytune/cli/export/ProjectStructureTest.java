package org.tinytune.cli.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Holds projects against the documented structure of their kinds, where the kind's tool is not at hand. */
class ProjectStructureTest {
    @TempDir
    Path folder;

    static Stream<String> formats() {
        return ProjectFormats.ALL.stream().map(ProjectFormat::id);
    }

    private String text(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    private Set<String> paths() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            TreeSet<String> paths = new TreeSet<>();
            files.filter(Files::isRegularFile)
                    .forEach(file -> paths.add(folder.relativize(file).toString()));
            return paths;
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void everyProjectExplainsItselfAndIsLicensed(String format) throws IOException {
        Exports.write(format, Exports.models().get("classes"), Optional.empty(), folder);
        assertThat(text("README.md")).startsWith("# My net\n").contains("noise of seed 1");
        assertThat(text("labels.txt")).startsWith("no. 0 \"ü\"\nno. 1 \"ü\"\n");
        for (String path : paths()) {
            if (path.matches(
                    ".*\\.(c|h|cpp|ino|py|cmake|ini|pdsc|yml|yaml|conf)|.*(CMakeLists.txt|Makefile|Kconfig)")) {
                assertThat(text(path))
                        .as(path)
                        .contains("SPDX-License-Identifier: Apache-2.0")
                        .doesNotContainPattern("@\\w+@");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void equalModelsGiveEqualBytes(String format) {
        Locale before = Locale.getDefault();
        try {
            Project first = Exports.project(format, Exports.models().get("quantities"), Optional.empty());
            Locale.setDefault(Locale.GERMANY);
            Project second = Exports.project(format, Exports.models().get("quantities"), Optional.empty());
            assertThat(second.files().zip()).isEqualTo(first.files().zip());
        } finally {
            Locale.setDefault(before);
        }
    }

    /** Source: docs.platformio.org, "library.json" and "platformio.ini". */
    @Test
    void platformio() throws IOException {
        Exports.write("platformio", Exports.models().get("classes"), Optional.of("arduino-uno"), folder);
        JsonNode manifest = new ObjectMapper().readTree(text("lib/my_net/library.json"));
        assertThat(manifest.get("name").asText()).isEqualTo("my_net").hasSizeLessThanOrEqualTo(50);
        assertThat(manifest.get("version").asText()).matches("\\d+\\.\\d+\\.\\d+");
        assertThat(manifest.get("description").asText()).hasSizeBetween(1, 255);
        assertThat(manifest.get("license").asText()).isEqualTo("Apache-2.0");
        assertThat(folder.resolve("lib/my_net/include")
                        .resolve(manifest.get("headers").asText()))
                .isRegularFile();
        assertThat(text("platformio.ini"))
                .contains("[platformio]\ndefault_envs = uno\n")
                .contains("[env:native]\nplatform = native\n")
                .contains("[env:uno]\nplatform = atmelavr\nboard = uno\nframework = arduino\n");
        assertThat(text("src/main.cpp")).contains("#include <Arduino.h>");
        assertThat(paths()).contains("src/main.c", "src/my_net_sample.c", "lib/my_net/src/my_net.c");
    }

    /** Source: docs.zephyrproject.org, "Modules (External projects)", "Sample Definition and Criteria". */
    @Test
    void zephyr() throws IOException {
        Exports.write("zephyr", Exports.models().get("classes"), Optional.empty(), folder);
        assertThat(text("zephyr/module.yml"))
                .contains("name: my_net\nbuild:\n  cmake: zephyr\n  kconfig: zephyr/Kconfig\nsamples:\n  - samples\n");
        assertThat(text("zephyr/Kconfig")).contains("config MY_NET\n\tbool ", "config MY_NET_CRC\n");
        assertThat(text("zephyr/CMakeLists.txt"))
                .contains("if(CONFIG_MY_NET)", "zephyr_library_sources(../src/my_net.c)");
        String sample = "samples/stored_sample/";
        assertThat(text(sample + "prj.conf")).contains("CONFIG_MY_NET=y\n");
        assertThat(text(sample + "CMakeLists.txt"))
                .contains("find_package(Zephyr REQUIRED HINTS $ENV{ZEPHYR_BASE})", "target_sources(app PRIVATE");
        assertThat(text(sample + "sample.yaml")).contains("tests:\n  sample.my_net.stored_sample:\n");
        assertThat(paths()).contains("src/my_net.c", "include/my_net.h", sample + "src/main.c");
    }

    /** Source: Open-CMSIS-Pack-Spec:schema/PACK.xsd 1.7.32, "Pack Description (*.pdsc) Format". */
    @Test
    void cmsisPack() throws Exception {
        Exports.write("cmsis-pack", Exports.models().get("classes"), Optional.empty(), folder);
        Path pack = folder.resolve("tinytune.my_net.1.0.0.pack");
        List<String> packed = new ArrayList<>();
        byte[] description;
        try (ZipFile zip = new ZipFile(pack.toFile())) {
            zip.stream().forEach(entry -> packed.add(entry.getName()));
            description =
                    zip.getInputStream(zip.getEntry("tinytune.my_net.pdsc")).readAllBytes();
        }
        assertThat(packed).doesNotHaveDuplicates().noneMatch(name -> name.endsWith(".pack"));
        assertThat(new String(description, StandardCharsets.UTF_8)).isEqualTo(text("tinytune.my_net.pdsc"));

        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(folder.resolve("tinytune.my_net.pdsc").toFile());
        Element root = document.getDocumentElement();
        assertThat(root.getTagName()).isEqualTo("package");
        assertThat(root.getAttribute("schemaVersion")).matches("\\d+\\.\\d+\\.\\d+");
        for (Map.Entry<String, String> stated : Map.of("vendor", "tinytune", "name", "my_net", "license", "LICENSE")
                .entrySet()) {
            assertThat(child(root, stated.getKey())).isEqualTo(stated.getValue());
        }
        assertThat(child(root, "description")).isEqualTo("Neural network My net: Tells & <shows> things");
        assertThat(elements(root, "release").get(0).getAttribute("version")).isEqualTo("1.0.0");
        Element component = elements(root, "component").get(0);
        assertThat(List.of("Cclass", "Cgroup", "Cversion"))
                .noneMatch(name -> component.getAttribute(name).isEmpty());
        assertThat(elements(root, "condition"))
                .anyMatch(condition -> condition.getAttribute("id").equals(component.getAttribute("condition")));
        for (Element file : elements(component, "file")) {
            assertThat(packed).contains(file.getAttribute("name"));
            assertThat(Set.of("doc", "header", "sourceC")).contains(file.getAttribute("category"));
            boolean isTemplate = file.getAttribute("attr").equals("template");
            assertThat(file.getAttribute("select").isEmpty()).isEqualTo(!isTemplate);
        }
    }

    private static String child(Element parent, String name) {
        return elements(parent, name).stream()
                .filter(element -> element.getParentNode() == parent)
                .findFirst()
                .orElseThrow()
                .getTextContent();
    }

    private static List<Element> elements(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }
}
