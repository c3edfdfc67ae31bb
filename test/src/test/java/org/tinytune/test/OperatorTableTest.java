package org.tinytune.test;

import static org.tinytune.cli.output.Table.left;
import static org.tinytune.cli.output.Table.right;

import java.io.IOException;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.tinytune.cli.output.Table;
import org.tinytune.core.graph.InPlace;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.InferenceOnly;
import org.tinytune.core.op.Operators;
import org.tinytune.core.testing.RandomGraphs;

/** The table of operators, compared with the registry or written as {@link DocumentTable} says. */
class OperatorTableTest {
    @Test
    void listsTheOperators() throws IOException {
        Table table =
                new Table(left("operator"), right("versions read"), left("int16"), left("trained"), left("in place"));
        TreeMap<String, Operator<?>> operators = new TreeMap<>();
        Operators.ALL.forEach(operator -> operators.put(operator.name(), operator));
        operators.forEach((name, operator) -> table.row(
                name,
                "1 to " + operator.tflite().highestVersion(),
                operator.int16().isPresent() ? "yes" : "",
                operator instanceof InferenceOnly ? "no" : "yes",
                inPlace(RandomGraphs.single(operator, 1).nodes().get(0)).equals(InPlace.NEVER) ? "" : "yes"));
        DocumentTable.holds(Repository.ROOT.resolve("docs/operators.md"), "operators", table);
    }

    private static <P extends Record> InPlace inPlace(Node<P> node) {
        return node.operator().inPlace(node.params());
    }
}
