package org.tinytune.core.graph;

/** A node of a graph that is wrong; whoever made the graph of something else may know the node by another number. */
public final class InvalidNodeException extends InvalidModelException {
    private static final long serialVersionUID = 1;

    private final int node;
    private final String reason;

    /**
     * @param node index in the graph
     * @param operator of the node
     * @param reason what is wrong, to stand behind the node's name
     */
    InvalidNodeException(int node, String operator, String reason) {
        super("node " + node + " (" + operator + ")" + reason);
        this.node = node;
        this.reason = reason;
    }

    /** Its index in the graph. */
    public int node() {
        return node;
    }

    /** The same of a node of another name. */
    public InvalidModelException of(String name) {
        return new InvalidModelException(name + reason);
    }
}
