package org.tinytune.train.task;

import java.util.ArrayList;
import java.util.List;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.OutputEncoding;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.data.Samples;
import org.tinytune.train.loss.Loss;
import org.tinytune.train.loss.MeanSquaredError;
import org.tinytune.train.metric.Bootstrap;
import org.tinytune.train.metric.MeanStatistics;
import org.tinytune.train.metric.Metric;
import org.tinytune.train.metric.RegressionStatistics;
import org.tinytune.train.metric.Statistics;

/**
 * Real numbers. The network is trained on standardized quantities; its metadata say how its outputs become quantities
 * in their own units. Scored by the root mean squared error: of one quantity in its unit, of several in standard
 * deviations.
 */
public final class Regression implements Task {
    private final OutputEncoding encoding;

    /** @param encoding of the outputs */
    public Regression(OutputEncoding encoding) {
        this.encoding = encoding;
    }

    @Override
    public TaskKind kind() {
        return TaskKind.REGRESSION;
    }

    @Override
    public int outputs(Samples samples) {
        return samples.quantities().size();
    }

    @Override
    public void check(Graph graph, Samples samples) {
        int outputs = graph.output().shape().elements();
        if (samples.task() != TaskKind.REGRESSION) {
            throw new InvalidModelException("the model is for regression, but the data has classes");
        }
        if (outputs != samples.quantities().size()) {
            throw new InvalidModelException("the model has " + outputs + " outputs for "
                    + samples.quantities().size() + " target columns");
        }
    }

    @Override
    public Loss loss() {
        return new MeanSquaredError();
    }

    @Override
    public void target(Samples samples, int sample, float[] encoded, int at, float[] target) {
        samples.readQuantities(sample, target, 0);
        for (int i = 0; i < target.length; i++) {
            target[i] = encoding.encode(target[i], i);
        }
    }

    @Override
    public double point(float[] outputs, boolean areLogits, float[] target) {
        double sum = 0;
        for (int i = 0; i < target.length; i++) {
            double distance = (double) outputs[i] - target[i];
            sum += distance * distance;
        }
        return sum / target.length;
    }

    @Override
    public String scoreName() {
        return "RMSE";
    }

    @Override
    public double score(double meanPoint) {
        double unit = encoding.deviation().size() == 1 ? encoding.deviation().get(0) : 1;
        return unit * Math.sqrt(meanPoint);
    }

    @Override
    public boolean isHigherBetter() {
        return false;
    }

    @Override
    public List<Metric> metrics(Samples samples, Predictions predictions, Bootstrap bootstrap) {
        List<Statistics> statistics = new ArrayList<>();
        statistics.add(new MeanStatistics(Metric.Name.of("loss"), predictions.losses()));
        float[] values = new float[samples.quantities().size()];
        for (int q = 0; q < values.length; q++) {
            double[] truth = new double[samples.size()];
            double[] predicted = new double[samples.size()];
            for (int i = 0; i < truth.length; i++) {
                samples.readQuantities(i, values, 0);
                truth[i] = values[q];
                predicted[i] = encoding.decode(predictions.outputs()[i][q], q);
            }
            statistics.add(new RegressionStatistics(samples.quantities().get(q), truth, predicted));
        }
        return bootstrap.measure(statistics);
    }
}
