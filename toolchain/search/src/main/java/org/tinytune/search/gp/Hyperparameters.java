package org.tinytune.search.gp;

/**
 * Of a kernel with one lengthscale a dimension (automatic relevance determination), for standardised observations.
 *
 * @param lengthscales [d], above 0: the distance along an axis over which the function changes
 * @param signalVariance above 0
 * @param noiseVariance above 0: of the error of one observation
 */
record Hyperparameters(double[] lengthscales, double signalVariance, double noiseVariance) {

    /** The hyperparameters of theta [d + 2]. */
    static Hyperparameters fromLogarithms(double[] theta) {
        int d = theta.length - 2;
        double[] lengthscales = new double[d];
        for (int j = 0; j < d; j++) {
            lengthscales[j] = StrictMath.exp(theta[j]);
        }
        return new Hyperparameters(lengthscales, StrictMath.exp(theta[d]), StrictMath.exp(theta[d + 1]));
    }
}
