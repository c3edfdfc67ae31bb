package org.tinytune.tflite;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.DspBlock;
import org.tinytune.core.op.FrontEnd;
import org.tinytune.core.op.FrontEnd.Stage;
import org.tinytune.core.op.Operators;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;

/**
 * The blocks before a network as one of its metadata's facts, in JSON: a TFLite interpreter runs the network alone, and
 * whoever reads the file here gets the graph that takes samples, or an image.
 *
 * <p>Checked by: FrontEndMetadataTest.
 */
final class FrontEndMetadata {
    private static final String KEY = "front_end";

    /** Numbers are written alike by every JDK. */
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                    .build())
            .addModule(new Jdk8Module())
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private FrontEndMetadata() {}

    /**
     * All of it.
     *
     * @param between the tensors that the blocks but the last write; the last one writes the network's input
     */
    private record Document(Input input, List<Block> blocks, List<Output> between) {
        /** Keeps copies; a list with a null in it is refused. */
        Document {
            blocks = List.copyOf(blocks);
            between = List.copyOf(between);
        }
    }

    /** The graph's input, and how raw readings become it; the network's own input has no raw readings. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
    @JsonSubTypes({@JsonSubTypes.Type(Samples.class), @JsonSubTypes.Type(Image.class)})
    private sealed interface Input permits Samples, Image {
        static Input of(Tensor input, InputEncoding encoding) {
            return input.type() == ElementType.INT8 ? Image.of(input, encoding) : Samples.of(input, encoding);
        }

        int channels();

        List<Float> mean();

        List<Float> deviation();

        float rawMin();

        float rawMax();

        Tensor tensor();

        default InputEncoding encoding() {
            boolean finite = Stream.of(mean(), deviation(), List.of(rawMin(), rawMax()))
                    .flatMap(List::stream)
                    .allMatch(Float::isFinite);
            require(finite && (mean().size() == 1 || mean().size() == channels()), "it normalizes by " + mean());
            return new InputEncoding(mean(), deviation(), rawMin(), rawMax());
        }
    }

    /** A window of readings. */
    private record Samples(
            String name,
            int samples,
            int channels,
            float scale,
            List<Float> mean,
            List<Float> deviation,
            float rawMin,
            float rawMax)
            implements Input {
        /** Keeps copies; a list with a null in it is refused. */
        Samples {
            mean = List.copyOf(mean);
            deviation = List.copyOf(deviation);
        }

        static Samples of(Tensor samples, InputEncoding encoding) {
            return new Samples(
                    samples.name(),
                    samples.shape().dim(1),
                    samples.shape().dim(3),
                    samples.quantization().scale(),
                    encoding.mean(),
                    encoding.deviation(),
                    encoding.rawMin(),
                    encoding.rawMax());
        }

        @Override
        public Tensor tensor() {
            require(
                    samples >= 1
                            && channels >= 1
                            && samples <= FrontEnd.MAX_SAMPLES
                            && channels <= FrontEnd.MAX_CHANNELS,
                    samples + " samples of " + channels + " channels");
            quantization(scale, 0);
            return FrontEnd.samples(FrontEndMetadata.name(name), samples, channels, scale);
        }
    }

    /** An image. */
    private record Image(
            String name,
            int height,
            int width,
            int channels,
            float scale,
            int zeroPoint,
            List<Float> mean,
            List<Float> deviation,
            float rawMin,
            float rawMax)
            implements Input {
        /** Keeps copies; a list with a null in it is refused. */
        Image {
            mean = List.copyOf(mean);
            deviation = List.copyOf(deviation);
        }

        static Image of(Tensor image, InputEncoding encoding) {
            Quantization quantization = image.quantization();
            return new Image(
                    image.name(),
                    image.shape().dim(1),
                    image.shape().dim(2),
                    image.shape().dim(3),
                    quantization.scale(),
                    quantization.zeroPoint(),
                    encoding.mean(),
                    encoding.deviation(),
                    encoding.rawMin(),
                    encoding.rawMax());
        }

        @Override
        public Tensor tensor() {
            require(
                    height >= 1
                            && width >= 1
                            && channels >= 1
                            && channels <= FrontEnd.MAX_CHANNELS
                            && (long) height * width <= FrontEnd.MAX_PIXELS,
                    height + " x " + width + " pixels of " + channels + " channels");
            quantization(scale, zeroPoint);
            return FrontEnd.image(FrontEndMetadata.name(name), height, width, channels, scale, zeroPoint);
        }
    }

    /** A block: its operator's name, the parameters, and the operands behind the first. */
    private record Block(String operator, JsonNode parameters, List<Constant> constants) {
        /** Keeps a copy; a list with a null in it is refused. */
        Block {
            constants = List.copyOf(constants);
        }
    }

    /** A tensor between two blocks. */
    private record Output(String name, ElementType type, float scale, int zeroPoint) {}

    /** An operand of a block that is a vector of numbers. */
    private record Constant(String name, short[] values) {}

    /** The graph that a file holds: the network, which says in its metadata what is before it. */
    static Graph toFile(Graph graph) {
        Optional<FrontEnd> frontEnd = FrontEnd.of(graph);
        if (frontEnd.isEmpty()) {
            return graph;
        }
        Metadata metadata = graph.metadata();
        Input input = Input.of(frontEnd.get().input(), metadata.encoding());
        return FrontEnd.network(graph)
                .withMetadata(metadata.withEncoding(InputEncoding.IDENTITY)
                        .withExtra(KEY, encode(input, frontEnd.get().stages())));
    }

    /**
     * The graph of a file's network: with the blocks that its metadata tell of, if they do.
     *
     * @throws InvalidModelException if what they tell is no front end of this network
     */
    static Graph fromFile(Graph network) {
        Metadata metadata = network.metadata();
        String json = metadata.extra().get(KEY);
        if (json == null) {
            return network;
        }
        SortedMap<String, String> extra = new TreeMap<>(metadata.extra());
        extra.remove(KEY);
        try {
            Document document = document(json);
            Graph alone = network.withMetadata(
                    metadata.withExtra(extra).withEncoding(document.input().encoding()));
            return frontEnd(document, alone.input()).before(alone);
        } catch (InvalidModelException e) {
            throw new InvalidModelException("the front end in its metadata: " + e.getMessage());
        }
    }

    private static String encode(Input input, List<Stage<?>> stages) {
        List<Block> blocks = stages.stream().map(FrontEndMetadata::block).toList();
        List<Output> between = stages.subList(0, stages.size() - 1).stream()
                .map(stage -> output(stage.output()))
                .toList();
        try {
            return JSON.writeValueAsString(new Document(input, blocks, between));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("numbers and strings have a JSON form", e);
        }
    }

    private static Block block(Stage<?> stage) {
        List<Constant> constants = stage.constants().stream()
                .map(c -> new Constant(c.name(), c.int16Data()))
                .toList();
        return new Block(stage.block().name(), JSON.valueToTree(stage.params()), constants);
    }

    private static Output output(Tensor tensor) {
        Quantization quantization = tensor.quantization();
        return new Output(tensor.name(), tensor.type(), quantization.scale(), quantization.zeroPoint());
    }

    private static FrontEnd frontEnd(Document document, Tensor features) {
        List<Block> blocks = document.blocks();
        require(blocks.size() <= FrontEnd.MAX_BLOCKS, blocks.size() + " blocks");
        require(
                document.between().size() == Math.max(0, blocks.size() - 1),
                document.between().size() + " tensors between " + blocks.size() + " blocks");
        Tensor input = document.input().tensor();
        List<Stage<?>> stages = new ArrayList<>();
        Tensor before = input;
        for (int b = 0; b < blocks.size(); b++) {
            Optional<Output> output =
                    b < blocks.size() - 1 ? Optional.of(document.between().get(b)) : Optional.empty();
            Stage<?> stage = stage(block(blocks.get(b).operator()), blocks.get(b), output, before, features);
            stages.add(stage);
            before = stage.output();
        }
        return new FrontEnd(input, stages);
    }

    private static Document document(String json) {
        try {
            Document document = JSON.readValue(json, Document.class);
            require(document != null, "it is not what tinytune writes");
            return document;
        } catch (JsonProcessingException e) {
            throw new InvalidModelException("it is not what tinytune writes");
        }
    }

    /** A name that fits into a line, as all names of tensors do. */
    private static String name(String name) {
        String line = Text.oneLine(name);
        require(!line.isBlank(), "a tensor has no name");
        return line;
    }

    private static Quantization quantization(float scale, int zeroPoint) {
        require(scale > 0 && Float.isFinite(scale), "a scale of " + scale);
        require(zeroPoint == (byte) zeroPoint, "a zero point of " + zeroPoint);
        return Quantization.perTensor(scale, zeroPoint);
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new InvalidModelException(otherwise);
        }
    }

    private static DspBlock<?> block(String name) {
        return Operators.DSP_BLOCKS.stream()
                .filter(block -> block.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidModelException("there is no block " + Text.oneLine(name)));
    }

    private static <P extends Record> Stage<P> stage(
            DspBlock<P> block, Block from, Optional<Output> between, Tensor before, Tensor features) {
        P params;
        try {
            params = JSON.treeToValue(from.parameters(), block.paramsType());
            require(params != null, block.name() + ": its parameters are not those of this version");
        } catch (JsonProcessingException e) {
            String why = e.getCause() instanceof TinytuneException invalid
                    ? invalid.getMessage()
                    : "its parameters are not those of this version";
            throw new InvalidModelException(block.name() + ": " + why);
        }
        List<Tensor> constants = new ArrayList<>();
        List<Shape> shapes = new ArrayList<>(List.of(before.shape()));
        for (Constant constant : from.constants()) {
            require(constant.values().length > 0, block.name() + " has a constant without elements");
            Shape shape = Shape.of(constant.values().length);
            shapes.add(shape);
            constants.add(
                    Tensor.constant(name(constant.name()), shape, Quantization.NONE, TensorData.of(constant.values())));
        }
        Tensor output = between.map(o -> Tensor.activation(
                        name(o.name()),
                        block.inferShape(params, shapes),
                        o.type(),
                        quantization(o.scale(), o.zeroPoint())))
                .orElse(features);
        return new Stage<>(block, params, output, constants);
    }
}
