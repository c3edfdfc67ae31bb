package org.tinytune.cli.export;

/** Sources side by side, and a makefile. The folder is also what firmware is built from. */
final class PlainCFormat extends LibraryFormat {
    @Override
    public String id() {
        return "c";
    }

    @Override
    public String title() {
        return "plain C with a makefile";
    }

    @Override
    void addTo(ProjectFiles files, LibraryProject project) {
        project.addLibrary(files, "", "");
        project.addExample(files, "example/");
        project.add(files, "Makefile", "c/Makefile");
        project.addReadme(files, "c/build.md");
    }
}
