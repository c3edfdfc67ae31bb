package org.tinytune.cli.export;

/**
 * A Zephyr module with a sample.
 *
 * <p>Source: docs.zephyrproject.org, "Modules (External projects)" and "Sample Definition and Criteria".
 */
final class ZephyrFormat extends LibraryFormat {
    private static final String SAMPLE = "samples/stored_sample/";

    @Override
    public String id() {
        return "zephyr";
    }

    @Override
    public String title() {
        return "a Zephyr module";
    }

    @Override
    void addTo(ProjectFiles files, LibraryProject project) {
        project.value("printf", "printk");
        project.condition("printk", true);
        project.addLibrary(files, "include/", "src/");
        project.add(files, "zephyr/module.yml", "zephyr/module.yml");
        project.add(files, "zephyr/CMakeLists.txt", "zephyr/CMakeLists.txt");
        project.add(files, "zephyr/Kconfig", "zephyr/Kconfig");
        project.add(files, SAMPLE + "CMakeLists.txt", "zephyr/sample_CMakeLists.txt");
        project.add(files, SAMPLE + "prj.conf", "zephyr/prj.conf");
        project.add(files, SAMPLE + "sample.yaml", "zephyr/sample.yaml");
        project.addExample(files, SAMPLE + "src/");
        project.addReadme(files, "zephyr/build.md");
    }
}
