package org.tinytune.runtimegen;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.tensor.Shape;

/**
 * Names the arithmetic of a graph: operators, parameters, topology, shapes, quantization and constants, but neither the
 * tensors' names nor the metadata. Firmware tells it in the handshake, so that a board and a host know whether they
 * hold the same network.
 */
public final class GraphHash {
    private static final int HEX_DIGITS = 16;

    private GraphHash() {}

    /** The first 16 hex digits of a SHA-256. */
    public static String of(Graph graph) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
        try (DataOutputStream out =
                new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest))) {
            write(graph, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return HexFormat.of().formatHex(digest.digest()).substring(0, HEX_DIGITS);
    }

    private static void write(Graph graph, DataOutputStream out) throws IOException {
        out.writeInt(graph.tensors().size());
        for (Tensor tensor : graph.tensors()) {
            writeValue(tensor.shape(), out);
            out.writeUTF(tensor.type().name());
            for (float scale : tensor.quantization().scales()) {
                out.writeFloat(scale);
            }
            writeInts(tensor.quantization().zeroPoints(), out);
            out.writeInt(tensor.quantization().axis());
            out.writeBoolean(tensor.state());
            writeData(tensor, out);
        }
        out.writeInt(graph.nodes().size());
        for (Node<?> node : graph.nodes()) {
            out.writeUTF(node.operator().name());
            writeValue(node.params(), out);
            writeValue(node.inputs(), out);
            writeValue(node.outputs(), out);
        }
        writeValue(graph.inputs(), out);
        writeValue(graph.outputs(), out);
    }

    private static void writeData(Tensor tensor, DataOutputStream out) throws IOException {
        out.writeBoolean(tensor.isConstant());
        if (!tensor.isConstant()) {
            return;
        }
        switch (tensor.type()) {
            case INT8 -> out.write(tensor.int8Data());
            case INT32 -> writeInts(tensor.int32Data(), out);
            case INT64 -> {
                for (long value : tensor.int64Data()) {
                    out.writeLong(value);
                }
            }
            case FLOAT32 -> {
                for (float value : tensor.float32Data()) {
                    out.writeFloat(value);
                }
            }
            case INT16 -> {
                for (short value : tensor.int16Data()) {
                    out.writeShort(value);
                }
            }
        }
    }

    private static void writeInts(int[] values, DataOutputStream out) throws IOException {
        out.writeInt(values.length);
        for (int value : values) {
            out.writeInt(value);
        }
    }

    /** Parameters are records of numbers, enums, shapes, lists and what may be left out, which is a list as well. */
    private static void writeValue(Object value, DataOutputStream out) throws IOException {
        if (value instanceof Integer i) {
            out.writeInt(i);
        } else if (value instanceof Float f) {
            out.writeFloat(f);
        } else if (value instanceof Boolean b) {
            out.writeBoolean(b);
        } else if (value instanceof Enum<?> e) {
            out.writeUTF(e.name());
        } else if (value instanceof Shape shape) {
            writeInts(shape.dims(), out);
        } else if (value instanceof Optional<?> optional) {
            writeValue(optional.stream().toList(), out);
        } else if (value instanceof List<?> list) {
            out.writeInt(list.size());
            for (Object element : list) {
                writeValue(element, out);
            }
        } else if (value instanceof Record record) {
            writeRecord(record, out);
        } else {
            throw new IllegalStateException(value + " cannot be hashed");
        }
    }

    private static void writeRecord(Record record, DataOutputStream out) throws IOException {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            try {
                writeValue(component.getAccessor().invoke(record), out);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(record + " cannot be hashed", e);
            }
        }
    }
}
