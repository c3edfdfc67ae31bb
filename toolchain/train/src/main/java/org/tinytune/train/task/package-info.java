/**
 * What a network is trained for: classification, regression or anomaly detection. A
 * {@link org.tinytune.train.task.Task} says what the outputs of a network should be and how well they are so.
 *
 * <p>Depends on losses and metrics, and knows no network that runs.
 */
package org.tinytune.train.task;
