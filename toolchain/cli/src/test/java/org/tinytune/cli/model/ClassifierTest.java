package org.tinytune.cli.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.core.op.NoParams;
import org.tinytune.core.op.logistic.Logistic;
import org.tinytune.core.op.relu.Relu;
import org.tinytune.core.op.softmax.Softmax;
import org.tinytune.core.op.softmax.SoftmaxParams;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.Dataset;
import org.tinytune.data.DatasetBuilder;
import org.tinytune.data.DatasetCard;
import org.tinytune.data.Samples;

class ClassifierTest {
    private static final Quantization TENTHS = Quantization.perTensor(0.1f, 0);
    private static final List<String> ANIMALS = List.of("cat", "dog", "eel");

    private static Graph graph(boolean softmax, List<String> labels) {
        GraphBuilder builder = new GraphBuilder();
        int in = builder.input("in", Shape.of(1, 3), ElementType.INT8, TENTHS);
        int out = softmax
                ? builder.node("out", ElementType.INT8, Softmax.OUTPUT, Softmax.INSTANCE, new SoftmaxParams(1), in)
                : builder.node("out", ElementType.INT8, TENTHS, Relu.INSTANCE, new NoParams(), in);
        return builder.output(out)
                .metadata(new Metadata("model", "", labels, InputEncoding.IDENTITY, new TreeMap<>()))
                .build();
    }

    private static Dataset dataset(String... labels) {
        DatasetBuilder builder = new DatasetBuilder(DatasetCard.named("zoo"), Shape.of(3));
        for (String label : labels) {
            builder.add(new float[3], label);
        }
        return builder.build();
    }

    @Test
    void takesTheOutputOfASoftmaxForWhatItIs() {
        List<Classifier.Score> top = new Classifier(graph(true, ANIMALS)).top(new byte[] {-128, 64, -64}, 2);

        assertThat(top).containsExactly(new Classifier.Score("dog", 0.75), new Classifier.Score("eel", 0.25));
    }

    @Test
    void normalizesAnyOtherOutput() {
        List<Classifier.Score> top = new Classifier(graph(false, ANIMALS)).top(new byte[] {10, 0, 0}, 3);

        double e = StrictMath.exp(1);
        assertThat(top).extracting(Classifier.Score::label).containsExactly("cat", "dog", "eel");
        assertThat(top.get(0).probability()).isCloseTo(e / (e + 2), within(1e-6));
        assertThat(top.get(1).probability()).isCloseTo(1 / (e + 2), within(1e-6));
    }

    private static Graph single(boolean sigmoid, List<String> labels) {
        GraphBuilder builder = new GraphBuilder();
        int in = builder.input("in", Shape.of(1, 1), ElementType.INT8, TENTHS);
        int out = sigmoid
                ? builder.node("out", ElementType.INT8, Logistic.OUTPUT, Logistic.INSTANCE, new NoParams(), in)
                : in;
        return builder.output(out)
                .metadata(new Metadata("model", "", labels, InputEncoding.IDENTITY, new TreeMap<>()))
                .build();
    }

    /** The output of a sigmoid is in steps of 1/256, from -128 for 0; half of it speaks for the first. */
    @Test
    void aSingleOutputStandsForTheSecondOfTwoClasses() {
        List<String> two = List.of("cat", "dog");
        Classifier classifier = new Classifier(single(true, two));
        assertThat(classifier.top(new byte[] {64}, 3))
                .containsExactly(new Classifier.Score("dog", 0.75), new Classifier.Score("cat", 0.25));
        assertThat(classifier.best(new byte[] {0})).isZero();
        assertThat(classifier.best(new byte[] {1})).isEqualTo(1);
        Classifier ofLogits = new Classifier(single(false, two));
        assertThat(ofLogits.top(new byte[] {10}, 1).get(0).probability())
                .isCloseTo(1 / (1 + StrictMath.exp(-1)), within(1e-6));
        assertThat(ofLogits.best(new byte[] {-1})).isZero();
        assertThat(new Classifier(single(true, List.of())).labels()).containsExactly("0", "1");
        assertThatThrownBy(() -> new Classifier(single(true, List.of("cat"))))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("2 classes, but 1 labels");
    }

    @Test
    void theFirstOfEqualsIsTheBest() {
        Classifier classifier = new Classifier(graph(true, ANIMALS));

        assertThat(classifier.best(new byte[] {-3, 5, 5})).isEqualTo(1);
        assertThat(classifier.top(new byte[] {-3, 5, 5}, 1).get(0).label()).isEqualTo("dog");
    }

    @Test
    void numbersClassesWithoutLabels() {
        assertThat(new Classifier(graph(true, List.of())).labels()).containsExactly("0", "1", "2");
        assertThat(new Classifier(graph(true, List.of())).classesOf(dataset("x", "y")))
                .containsExactly(0, 1);
    }

    @Test
    void findsTheClassesOfADataSetByTheirLabels() {
        Classifier classifier = new Classifier(graph(true, List.of("eel", "cat", "dog")));

        assertThat(classifier.classesOf(dataset("cat", "dog", "eel"))).containsExactly(1, 2, 0);
        assertThatThrownBy(() -> classifier.classesOf(dataset("cat", "horse")))
                .isInstanceOf(TinytuneException.class)
                .hasMessage("label 'horse' of 'zoo' is none of the model's: eel, cat, dog");
    }

    @Test
    void givesSamplesTheModelsClasses() {
        Dataset dataset = dataset("cat", "dog", "eel");
        Samples samples = new Classifier(graph(true, List.of("eel", "cat", "dog"))).relabel(dataset, dataset);

        assertThat(samples.labels()).containsExactly("eel", "cat", "dog");
        assertThat(List.of(samples.target(0), samples.target(1), samples.target(2)))
                .containsExactly(1, 2, 0);
        assertThat(samples.index(2)).isEqualTo(2);
    }

    @Test
    void refusesOtherTasks() {
        Graph graph = graph(true, ANIMALS);
        Graph regression = graph.withMetadata(TaskKind.REGRESSION.storedIn(graph.metadata()));
        assertThatThrownBy(() -> new Classifier(regression))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage("the model's task is regression, it tells no classes");

        Dataset numbers = new DatasetBuilder(DatasetCard.named("zoo"), Shape.of(3))
                .quantities(List.of("weight"))
                .add(new float[3], new float[1])
                .build();
        assertThatThrownBy(() -> new Classifier(graph).classesOf(numbers))
                .isInstanceOf(TinytuneException.class)
                .hasMessage("'zoo' has numbers as targets, but the model tells classes");
    }

    @Test
    void refusesAnotherNumberOfLabelsThanOfClasses() {
        assertThatThrownBy(() -> new Classifier(graph(true, List.of("cat", "dog"))))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("3 classes, but 2 labels");
    }
}
