package org.tinytune.cli.model;

import java.util.Optional;
import org.tinytune.data.SplitPlan;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** In which way a data set is divided. A picocli mixin. */
public final class SplitOption {
    @Option(
            names = "--split",
            paramLabel = "PLAN",
            converter = Converter.class,
            description = "How the test part is chosen: stratified, stable, forward, kfold:K/I, forward:K/I or"
                    + " group:NAME, as docs/data.md describes (default: what dataset.toml says, or stratified).")
    private SplitPlan plan;

    /** The plan, if the user gives one. */
    public Optional<SplitPlan> plan() {
        return Optional.ofNullable(plan);
    }

    /** Reads a plan. */
    static final class Converter implements ITypeConverter<SplitPlan> {
        @Override
        public SplitPlan convert(String text) {
            try {
                return SplitPlan.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
