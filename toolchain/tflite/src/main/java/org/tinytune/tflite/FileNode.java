package org.tinytune.tflite;

/**
 * A node as a file numbers and names it, which need not be what it is in a graph.
 *
 * @param index among the nodes of the file
 * @param operator as the schema names it
 * @param version of the operator
 */
public record FileNode(int index, String operator, int version) {
    /** A block before the network, which a file has in its metadata; these count by themselves. */
    static FileNode ofFrontEnd(int index, String operator) {
        return new FileNode(index, operator + " of the front end", 1);
    }

    /** For messages about what is wrong with it, such as {@code node 4 (SPLIT version 2)}. */
    String where() {
        return "node " + index + " (" + operator + " version " + version + ")";
    }

    /** For messages, such as {@code node 4 SPLIT version 2}. */
    @Override
    public String toString() {
        return "node " + index + " " + operator + " version " + version;
    }
}
