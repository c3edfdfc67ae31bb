package org.tinytune.test.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytune.core.graph.Operator;

class ArchitectureTest {
    /** What a module may use of the others; Maven holds the same between modules, this holds it within a class path. */
    private static final Map<ModuleClasses, List<ModuleClasses>> MODULES = Map.of(
            ModuleClasses.CORE, List.of(),
            ModuleClasses.DATA, List.of(ModuleClasses.CORE),
            ModuleClasses.TRAIN, List.of(ModuleClasses.CORE, ModuleClasses.DATA),
            ModuleClasses.SEARCH, List.of(),
            ModuleClasses.TFLITE, List.of(ModuleClasses.CORE),
            ModuleClasses.DEVICE, List.of(ModuleClasses.CORE),
            ModuleClasses.RUNTIME_GEN, List.of(ModuleClasses.CORE),
            ModuleClasses.NAS,
                    List.of(
                            ModuleClasses.CORE,
                            ModuleClasses.DATA,
                            ModuleClasses.TRAIN,
                            ModuleClasses.SEARCH,
                            ModuleClasses.RUNTIME_GEN),
            ModuleClasses.CLI, Arrays.asList(ModuleClasses.values()));

    /** What a package of the core may use of the others. */
    private static final Map<String, Set<String>> CORE_PACKAGES = Map.ofEntries(
            Map.entry("tensor", Set.of()),
            Map.entry("vector", Set.of()),
            Map.entry("quant", Set.of("tensor", "vector")),
            Map.entry("graph", Set.of("tensor", "vector", "quant")),
            Map.entry("dsp", Set.of("tensor", "quant")),
            Map.entry("op", Set.of("tensor", "vector", "quant", "dsp", "graph")),
            Map.entry("decision", Set.of("tensor", "vector", "quant", "graph", "op")),
            Map.entry("plan", Set.of("tensor", "vector", "quant", "graph", "op")),
            Map.entry("cost", Set.of("tensor", "vector", "quant", "graph", "op", "plan", "board")),
            Map.entry("sim", Set.of("tensor", "vector", "quant", "graph", "op", "plan", "cost", "board")),
            Map.entry("channel", Set.of("tensor", "vector", "quant", "graph", "op", "plan", "cost", "board", "sim")),
            Map.entry("board", Set.of()),
            Map.entry("tool", Set.of()),
            Map.entry("file", Set.of()));

    private static final String CORE = ModuleClasses.CORE.basePackage();

    /** What decides results: the same input and seed must give the same bytes, on every machine and JDK. */
    private static JavaClasses resultPaths;

    private static JavaClasses everything;

    @BeforeAll
    static void readClasses() {
        everything = ModuleClasses.of(List.of(ModuleClasses.values()));
        resultPaths = ModuleClasses.of(Stream.of(ModuleClasses.values())
                .filter(module -> module != ModuleClasses.CLI && module != ModuleClasses.DEVICE)
                .toList());
    }

    @ParameterizedTest
    @EnumSource
    void modulesUseOnlyWhatTheyMay(ModuleClasses module) {
        List<String> allowed = new ArrayList<>(List.of(module.basePackage() + ".."));
        MODULES.get(module).forEach(other -> allowed.add(other.basePackage() + ".."));
        noClasses()
                .should()
                .dependOnClassesThat(
                        resideInAPackage("org.tinytune..").and(not(resideInAnyPackage(allowed.toArray(String[]::new)))))
                .allowEmptyShould(true)
                .check(module.classes());
        classes()
                .should()
                .resideInAPackage(module.basePackage() + "..")
                .allowEmptyShould(true)
                .check(module.classes());
    }

    static Set<String> corePackages() {
        Set<String> packages = new TreeSet<>();
        for (JavaClass type : ModuleClasses.CORE.classes()) {
            String rest = type.getPackageName().substring(CORE.length());
            if (!rest.isEmpty()) {
                packages.add(rest.split("\\.", -1)[1]);
            }
        }
        return packages;
    }

    @ParameterizedTest
    @MethodSource("corePackages")
    void packagesOfTheCoreUseOnlyThoseBeforeThem(String name) {
        assertThat(CORE_PACKAGES).as("where the package stands").containsKey(name);
        List<String> allowed = new ArrayList<>(List.of(CORE, CORE + "." + name + ".."));
        CORE_PACKAGES.get(name).forEach(other -> allowed.add(CORE + "." + other + ".."));
        noClasses()
                .that()
                .resideInAPackage(CORE + "." + name + "..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage(CORE + "..").and(not(resideInAnyPackage(allowed.toArray(String[]::new)))))
                .check(ModuleClasses.CORE.classes());
    }

    @ParameterizedTest
    @EnumSource
    void packagesOfAModuleHaveNoCycles(ModuleClasses module) {
        slices().matching(module.basePackage() + ".(*)..")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(module.classes());
    }

    @Test
    void operatorsDoNotKnowEachOther() {
        slices().matching(CORE + ".op.(*)..").should().notDependOnEachOther().check(ModuleClasses.CORE.classes());
    }

    @Test
    void inTheCoreOnlyTheRegistryNamesAnOperator() {
        noClasses()
                .that(not(resideInAPackage(CORE + ".op.*..").or(name(CORE + ".op.Operators"))))
                .should()
                .dependOnClassesThat(assignableTo(Operator.class).and(resideInAPackage(CORE + ".op.*..")))
                .check(ModuleClasses.CORE.classes());
    }

    @Test
    void onlyTheCommandLinePrints() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ModuleClasses.CLI.basePackage() + "..")
                .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
                .check(everything);
    }

    @Test
    void onlyMainEndsTheProcess() {
        noClasses()
                .that(not(name(ModuleClasses.CLI.basePackage() + ".Main")))
                .should()
                .callMethodWhere(target("java\\.lang\\.(System|Runtime)\\.exit"))
                .check(everything);
    }

    @Test
    void resultsDoNotDependOnUnseededRandomness() {
        noClasses()
                .should()
                .callConstructor(java.util.Random.class)
                .orShould()
                .callConstructor(java.util.SplittableRandom.class)
                .orShould()
                .callMethod(java.util.Collections.class, "shuffle", List.class)
                .orShould()
                .callMethodWhere(target("java\\.lang\\.Math\\.random|java\\.util\\.UUID\\.randomUUID"
                        + "|java\\.util\\.concurrent\\.ThreadLocalRandom\\.current"))
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(java.security.SecureRandom.class)
                .check(resultPaths);
    }

    @Test
    void resultsDoNotDependOnTheClock() {
        noClasses()
                .should()
                .callMethodWhere(target("java\\.lang\\.System\\.currentTimeMillis|java\\.time\\..*\\.now"
                        + "|java\\.time\\.Clock\\.system.*"))
                .orShould()
                .callConstructor(java.util.Date.class)
                .check(resultPaths);
    }

    @Test
    void resultsDoNotDependOnTheJdksMathematics() {
        // What IEEE 754 defines to the last bit, such as sqrt and fma, may be taken from Math.
        noClasses()
                .should()
                .callMethodWhere(target("java\\.lang\\.Math\\."
                        + "(sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|exp|expm1|log|log10|log1p|pow|cbrt|hypot)"))
                .check(resultPaths);
    }

    private static DescribedPredicate<JavaAccess<?>> target(String regex) {
        return DescribedPredicate.describe(
                "target is " + regex,
                access -> nameMatching(regex).test(() -> access.getTargetOwner().getName() + "." + access.getName()));
    }
}
