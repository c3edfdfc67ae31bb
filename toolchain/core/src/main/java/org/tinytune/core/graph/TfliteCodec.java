package org.tinytune.core.graph;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import org.tinytune.core.tensor.TensorData;

/**
 * How an operator stands in a TFLite file: one table that serves the writer and the reader. The core knows no
 * flatbuffers; an options table is nearly always a row of scalars, and these are listed by field.
 *
 * @param <P> the operator's parameters
 */
public interface TfliteCodec<P extends Record> {
    /** The code in {@code BuiltinOperator} of the schema. */
    int builtinOperator();

    /** The member of the union {@code BuiltinOptions}; 0 if the operator has no options. */
    int optionsType();

    /** The lowest operator version that serves these operands. */
    int version(P params, Operands operands);

    /** The highest operator version that means nothing else, for operands that a kernel here takes. */
    int highestVersion();

    /** The scalar fields of the options table, all that {@link #decode} asks for among them. */
    List<Field<P>> fields();

    /** The int32 vectors of the options table. */
    default List<Vector<P>> vectors() {
        return List.of();
    }

    /**
     * What a file holds as constants but lives in the parameters here: shapes, paddings, axes.
     *
     * @return as many as {@link #inputOrder} says
     */
    default List<Constant> constants(P params, Operands operands) {
        return List.of();
    }

    /** How a file lists operands and constants. */
    default InputOrder inputOrder() {
        return InputOrder.followedBy(0);
    }

    /**
     * Reads the parameters back.
     *
     * @param options the value of each field, by its id
     * @param inputs all inputs as the file lists them, the constants included, {@code null} for one that is left out;
     *     operand 0 is there
     * @throws InvalidModelException if a value has no meaning here
     */
    P decode(Options options, List<Tensor> inputs);

    /**
     * Refuses what parameters cannot say: options that mean something only for some tensors.
     *
     * @param options as in {@link #decode}
     * @param listed all inputs, as in {@link #decode}, and all outputs
     * @throws InvalidModelException if they mean something for these
     */
    default void check(Options options, Operands listed) {}

    /**
     * A scalar of an options table.
     *
     * @param id the field's number in the schema, from 0
     * @param kind its type in the schema
     * @param defaultValue what a file leaves out
     * @param get the value to write, of parameters and operands
     */
    record Field<P extends Record>(int id, Kind kind, double defaultValue, ToDoubleBiFunction<P, Operands> get) {
        /** A scalar that follows from the parameters alone. */
        public Field(int id, Kind kind, double defaultValue, ToDoubleFunction<P> get) {
            this(id, kind, defaultValue, (params, operands) -> get.applyAsDouble(params));
        }

        /** An enum or a flag. */
        public static <P extends Record> Field<P> ofByte(int id, int defaultValue, ToDoubleFunction<P> get) {
            return new Field<>(id, Kind.BYTE, defaultValue, get);
        }

        /** A number. */
        public static <P extends Record> Field<P> ofInt(int id, int defaultValue, ToDoubleFunction<P> get) {
            return new Field<>(id, Kind.INT, defaultValue, get);
        }
    }

    /**
     * An int32 vector of an options table; an empty one is left out.
     *
     * @param id the field's number in the schema, from 0
     * @param get the elements to write
     */
    record Vector<P extends Record>(int id, Function<P, int[]> get) {}

    /** The types of the scalars. */
    enum Kind {
        /** One byte: enums and bools. */
        BYTE,
        /** Four bytes, signed. */
        INT,
        /** Four bytes, IEEE 754. */
        FLOAT
    }

    /** A one- or two-dimensional int32 constant of the file. */
    record Constant(String suffix, int[] dims, TensorData data) {}

    /** The values read from an options table. */
    interface Options {
        /** The value of the scalar field with that id, or its default. */
        double get(int id);

        /** The same as an integer. */
        default int getInt(int id) {
            return (int) get(id);
        }

        /** The same as a flag. */
        default boolean getFlag(int id) {
            return get(id) != 0;
        }

        /** The elements of the int32 vector field with that id; none if the file leaves it out. */
        default int[] getVector(int id) {
            return new int[0];
        }
    }

    /** Of an operator that never reaches a file. */
    static <P extends Record> TfliteCodec<P> none(String reason) {
        return new TfliteCodec<>() {
            @Override
            public int builtinOperator() {
                return -1;
            }

            @Override
            public int optionsType() {
                return 0;
            }

            @Override
            public int version(P params, Operands operands) {
                throw new InvalidModelException("cannot be written to a TFLite file: " + reason);
            }

            @Override
            public int highestVersion() {
                return 0;
            }

            @Override
            public List<Field<P>> fields() {
                return List.of();
            }

            @Override
            public P decode(Options options, List<Tensor> inputs) {
                throw new InvalidModelException("cannot be read from a TFLite file: " + reason);
            }
        };
    }
}
