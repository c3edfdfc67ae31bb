package org.tinytune.data.split;

import java.util.BitSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.data.Dataset;

/** A group that is named is tested: how well is a speaker understood who was never heard? */
final class GroupDivision implements Division {
    private static final int MAX_SHOWN = 8;

    private final Dataset data;
    private final RandomDivision random;

    GroupDivision(Dataset data, RandomDivision random) {
        this.data = data;
        this.random = random;
    }

    @Override
    public BitSet test() {
        int group = group(data.splitPlan().group().orElseThrow());
        BitSet test = new BitSet();
        IntStream.range(0, data.size()).filter(i -> data.group(i) == group).forEach(test::set);
        return test;
    }

    private int group(String name) {
        if (data.groups().isEmpty()) {
            throw invalid(
                    "'" + data.card().name() + "' has no groups, so that '" + name
                            + "' cannot be left out (say what they are: group_column = \"...\" in dataset.toml, or --group-column)");
        }
        int group = data.groups().indexOf(name);
        if (group < 0) {
            int count = data.groups().size();
            throw invalid("'" + data.card().name() + "' has no group '" + name + "' (its groups are "
                    + data.groups().stream().limit(MAX_SHOWN).collect(Collectors.joining(", "))
                    + (count > MAX_SHOWN ? " and " + (count - MAX_SHOWN) + " more)" : ")"));
        }
        return group;
    }

    @Override
    public BitSet validation(int[] rest) {
        return random.validation(rest);
    }

    private static TinytuneException invalid(String message) {
        return new TinytuneException(ExitCode.INVALID_INPUT, message);
    }
}
