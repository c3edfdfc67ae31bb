package org.tinytune.cli.export;

import org.tinytune.core.board.Board;

/** A library target for CMake, an example with a test, and a toolchain file for Cortex-M. */
final class CmakeFormat extends LibraryFormat {
    private static final String DEFAULT_CORE = "cortex-m4";

    @Override
    public String id() {
        return "cmake";
    }

    @Override
    public String title() {
        return "a CMake project";
    }

    @Override
    void addTo(ProjectFiles files, LibraryProject project) {
        project.value(
                "cpu",
                project.model()
                        .board()
                        .filter(board -> board.mcu().architecture() == Board.Architecture.ARM)
                        .map(board -> board.mcu().cpu())
                        .orElse(DEFAULT_CORE));
        project.addLibrary(files, "include/", "src/");
        project.addExample(files, "example/");
        project.add(files, "CMakeLists.txt", "cmake/CMakeLists.txt");
        project.add(files, "cmake/arm-none-eabi.cmake", "cmake/arm-none-eabi.cmake");
        project.addReadme(files, "cmake/build.md");
    }
}
