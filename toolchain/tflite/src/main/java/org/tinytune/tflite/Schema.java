package org.tinytune.tflite;

/**
 * The numbers of the fields that the reader asks for, table by table.
 *
 * <p>Source: tensorflow:lite/schema/schema.fbs and tflite-support:metadata/metadata_schema.fbs: a field's number is its
 * place in its table, where a union takes two, first its type. Checked by: the round trips of TfliteRoundTripTest, for
 * the writer goes through the generated classes.
 */
final class Schema {
    static final String MODEL_IDENTIFIER = "TFL3";
    static final int MODEL_VERSION = 3;
    static final String METADATA_IDENTIFIER = "M001";
    static final String METADATA_ENTRY = "TFLITE_METADATA";
    /** Operator codes from here on do not fit the older, one-byte field. */
    static final int LARGE_OPERATOR_CODE = 127;

    private Schema() {}

    /** The root of a file. */
    static final class Model {
        static final int VERSION = 0;
        static final int OPERATOR_CODES = 1;
        static final int SUBGRAPHS = 2;
        static final int BUFFERS = 4;
        static final int METADATA = 6;

        private Model() {}
    }

    /** An operator and its version, shared by its nodes. */
    static final class OperatorCode {
        static final int DEPRECATED_BUILTIN_CODE = 0;
        static final int CUSTOM_CODE = 1;
        static final int VERSION = 2;
        static final int BUILTIN_CODE = 3;

        private OperatorCode() {}
    }

    /** A graph. */
    static final class SubGraph {
        static final int TENSORS = 0;
        static final int INPUTS = 1;
        static final int OUTPUTS = 2;
        static final int OPERATORS = 3;

        private SubGraph() {}
    }

    /** A tensor. */
    static final class Tensor {
        static final int SHAPE = 0;
        static final int TYPE = 1;
        static final int BUFFER = 2;
        static final int NAME = 3;
        static final int QUANTIZATION = 4;
        static final int IS_VARIABLE = 5;
        static final int SPARSITY = 6;

        private Tensor() {}
    }

    /** How a tensor is quantized. */
    static final class Quantization {
        static final int SCALE = 2;
        static final int ZERO_POINT = 3;
        static final int DETAILS_TYPE = 4;
        static final int QUANTIZED_DIMENSION = 6;

        private Quantization() {}
    }

    /** A node. */
    static final class Operator {
        static final int OPCODE_INDEX = 0;
        static final int INPUTS = 1;
        static final int OUTPUTS = 2;
        static final int BUILTIN_OPTIONS_TYPE = 3;
        static final int BUILTIN_OPTIONS = 4;

        private Operator() {}
    }

    /** The bytes of a constant. */
    static final class Buffer {
        static final int DATA = 0;
        static final int OFFSET = 1;
        static final int SIZE = 2;

        private Buffer() {}
    }

    /** A buffer with a name. */
    static final class Metadata {
        static final int NAME = 0;
        static final int BUFFER = 1;

        private Metadata() {}
    }

    /** What a model says of itself. */
    static final class ModelMetadata {
        static final int NAME = 0;
        static final int DESCRIPTION = 1;
        static final int SUBGRAPH_METADATA = 3;
        static final int ASSOCIATED_FILES = 6;

        private ModelMetadata() {}
    }

    /** What is said of a graph. */
    static final class SubGraphMetadata {
        static final int INPUT_TENSOR_METADATA = 2;
        static final int OUTPUT_TENSOR_METADATA = 3;

        private SubGraphMetadata() {}
    }

    /** What is said of an input or output. */
    static final class TensorMetadata {
        static final int PROCESS_UNITS = 4;
        static final int STATS = 5;
        static final int ASSOCIATED_FILES = 6;

        private TensorMetadata() {}
    }

    /** A file in the archive behind the model. */
    static final class AssociatedFile {
        static final int NAME = 0;
        static final int TYPE = 2;

        private AssociatedFile() {}
    }

    /** A step of pre- or post-processing. */
    static final class ProcessUnit {
        static final int OPTIONS_TYPE = 0;
        static final int OPTIONS = 1;

        private ProcessUnit() {}
    }

    /** How raw values are normalized. */
    static final class NormalizationOptions {
        static final int MEAN = 0;
        static final int STD = 1;

        private NormalizationOptions() {}
    }

    /** The range of raw values. */
    static final class Stats {
        static final int MAX = 0;
        static final int MIN = 1;

        private Stats() {}
    }
}
