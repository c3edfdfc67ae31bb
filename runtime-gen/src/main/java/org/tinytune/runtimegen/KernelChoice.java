package org.tinytune.runtimegen;

import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.tinytune.core.graph.Metadata;

/**
 * Kernel variants that were chosen for a model on a target. They are kept with the model, among its further facts: a
 * line for each, of the variant, a space and the tensor. A model that names any is planned with these, and the target's
 * first for all other nodes, whatever RAM they need; {@link BoardPlan} chooses for models that name none.
 *
 * <p>Checked by: KernelChoiceTest.
 *
 * @param variants by the name of the tensor that the kernel writes
 */
public record KernelChoice(SortedMap<String, String> variants) {
    /** Whatever the target takes by itself. */
    public static final KernelChoice NONE = new KernelChoice(new TreeMap<>());

    private static final String KEY = "kernels.";

    /** Keeps a copy. */
    public KernelChoice {
        variants = Collections.unmodifiableSortedMap(new TreeMap<>(variants));
    }

    /** What a model says of a target; lines that say nothing are passed over. */
    public static KernelChoice of(Metadata metadata, CTarget target) {
        SortedMap<String, String> variants = new TreeMap<>();
        for (String line : metadata.extra().getOrDefault(key(target), "").split("\n")) {
            int space = line.indexOf(' ');
            if (space >= 0) {
                variants.put(line.substring(space + 1), line.substring(0, space));
            }
        }
        return variants.isEmpty() ? NONE : new KernelChoice(variants);
    }

    /** The metadata with this choice in place of an earlier one. */
    public Metadata storedIn(Metadata metadata, CTarget target) {
        SortedMap<String, String> extra = new TreeMap<>(metadata.extra());
        extra.remove(key(target));
        if (!variants.isEmpty()) {
            extra.put(
                    key(target),
                    variants.entrySet().stream()
                            .map(choice -> choice.getValue() + " " + choice.getKey() + "\n")
                            .collect(Collectors.joining()));
        }
        return metadata.withExtra(extra);
    }

    private static String key(CTarget target) {
        return KEY + target.name().toLowerCase(Locale.ROOT);
    }

    /** Whether a kernel can be chosen for a tensor: its name has to fit into a line. */
    public static boolean canName(String tensor) {
        return tensor.indexOf('\n') < 0;
    }

    /** The variant that was chosen for a tensor; empty for the target's first. */
    public Optional<String> variant(String tensor) {
        return Optional.ofNullable(variants.get(tensor));
    }

    /** The same but for one tensor. */
    public KernelChoice with(String tensor, String variant) {
        SortedMap<String, String> others = new TreeMap<>(variants);
        others.put(tensor, variant);
        return new KernelChoice(others);
    }
}
