"""Makes reference.csv: random inputs of our own, and what scikit-learn computes of them.

Run as `/usr/bin/python3 reference.py > reference.csv`; made with scikit-learn 1.2.1, numpy 1.24.2, Python 3.11.2.
"""

import numpy as np
from sklearn import metrics
from sklearn.calibration import calibration_curve

random = np.random.RandomState(20261126)


def show(kind, *cells):
    print(",".join([kind] + [repr(float(c)) if isinstance(c, (float, np.floating)) else str(c) for c in cells]))


def expect(case, metric, of, value):
    show("expect", case, metric, of, float(value))


def calibration_error(target, score):
    """Of the predicted class, in 15 bins of equal width."""
    confidence = score.max(axis=1)
    hit = (score.argmax(axis=1) == target).astype(int)
    share, mean = calibration_curve(hit, confidence, n_bins=15, strategy="uniform")
    edges = np.linspace(0, 1, 16)
    sizes = np.bincount(np.searchsorted(edges[1:-1], confidence), minlength=15)
    sizes = sizes[sizes > 0]
    return np.sum(sizes * np.abs(share - mean)) / len(target)


def classification(case, samples, shares):
    classes = len(shares)
    target = random.choice(classes, size=samples, p=shares)
    logits = random.normal(size=(samples, classes)) + 1.5 * np.eye(classes)[target]
    score = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    # In steps of 1/256, as an int8 softmax has them: with many ties.
    score = np.round(score * 256).clip(0, 255) / 256
    prediction = score.argmax(axis=1)
    for t, row in zip(target, score):
        show(case, t, *row)
    expect(case, "accuracy", "", metrics.accuracy_score(target, prediction))
    expect(case, "macro F1", "", metrics.f1_score(target, prediction, average="macro"))
    expect(case, "calibration error", "", calibration_error(target, score))
    precision, recall, f1, _ = metrics.precision_recall_fscore_support(target, prediction)
    for c in range(classes):
        expect(case, "precision", c, precision[c])
        expect(case, "recall", c, recall[c])
        expect(case, "F1", c, f1[c])
    if classes == 2:
        expect(case, "ROC-AUC", "", metrics.roc_auc_score(target, score[:, 1]))
        return
    areas = [metrics.roc_auc_score(target == c, score[:, c]) for c in range(classes)]
    for c in range(classes):
        expect(case, "ROC-AUC", c, areas[c])
    even = score / score.sum(axis=1, keepdims=True)
    macro = metrics.roc_auc_score(target, even, multi_class="ovr", average="macro")
    assert abs(macro - np.mean(areas)) < 0.02  # the same, but for ties that dividing by the sum undoes
    expect(case, "ROC-AUC", "", np.mean(areas))


def regression(case, samples, mean, deviation):
    truth = random.normal(mean, deviation, size=samples)
    prediction = truth + random.normal(deviation / 10, deviation / 3, size=samples)
    for t, p in zip(truth, prediction):
        show(case, t, p)
    expect(case, "RMSE", "y", metrics.mean_squared_error(truth, prediction, squared=False))
    expect(case, "MAE", "y", metrics.mean_absolute_error(truth, prediction))
    expect(case, "R²", "y", metrics.r2_score(truth, prediction))


classification("four", 120, [0.4, 0.3, 0.25, 0.05])
classification("two", 80, [0.7, 0.3])
regression("near", 60, 0.5, 2)
regression("far", 60, 101325, 500)
