package org.tinytune.test.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.tinytune.test.Repository;

/** The compiled classes of each module, read once. */
enum ModuleClasses {
    CORE("toolchain/core", "core"),
    DATA("toolchain/data", "data"),
    TRAIN("toolchain/train", "train"),
    SEARCH("toolchain/search", "search"),
    TFLITE("toolchain/tflite", "tflite"),
    DEVICE("toolchain/device", "device"),
    RUNTIME_GEN("runtime-gen", "runtimegen"),
    NAS("toolchain/nas", "nas"),
    CLI("toolchain/cli", "cli");

    private static final Map<ModuleClasses, JavaClasses> IMPORTED = new EnumMap<>(ModuleClasses.class);

    private final String folder;
    private final String name;

    ModuleClasses(String folder, String name) {
        this.folder = folder;
        this.name = name;
    }

    /** The package that holds all of the module. */
    String basePackage() {
        return "org.tinytune." + name;
    }

    /** The classes that ship, without the tests. */
    JavaClasses classes() {
        return IMPORTED.computeIfAbsent(this, module -> of(List.of(module)));
    }

    /** The classes of several modules. */
    static JavaClasses of(List<ModuleClasses> modules) {
        List<Path> folders = modules.stream()
                .map(module -> Repository.ROOT.resolve(module.folder).resolve("target/classes"))
                .filter(Files::isDirectory)
                .toList();
        return new ClassFileImporter().importPaths(folders);
    }
}
