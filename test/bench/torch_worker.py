"""Trains the networks of MLPerf Tiny in PyTorch, for TrainingBenchmark, which it obeys line by line.

Commands: "NETWORK MODE LAYOUT STEPS" with MODE fp32 or qat and LAYOUT nchw or channels_last, answered by the seconds that
so many steps took; "gemm", answered by the GFLOP/s of a product of two square matrices.
"""

import os
import sys
import time
import warnings

import torch
from torch import nn
from torch.ao import quantization

warnings.filterwarnings("ignore")
BATCH = 32


def block(inputs, outputs, kernel, stride, groups=1, relu=True):
    """A convolution with outputs as many as with TensorFlow's "same" padding, batch norm and ReLU."""
    padding = tuple(k // 2 for k in kernel) if kernel != (10, 4) else (5, 1)
    layers = [
        nn.Conv2d(inputs, outputs, kernel, stride, padding, groups=groups, bias=False),
        nn.BatchNorm2d(outputs, eps=1e-3),
    ]
    if relu:
        layers.append(nn.ReLU())
    return nn.Sequential(*layers)


class Classifier(nn.Module):
    def __init__(self, features, channels, classes):
        super().__init__()
        self.quant = quantization.QuantStub()
        self.features = features
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.dense = nn.Linear(channels, classes)

    def forward(self, x):
        x = self.pool(self.features(self.quant(x)))
        return self.dense(torch.flatten(x, 1))


class Residual(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.first = block(inputs, outputs, (3, 3), (stride, stride))
        self.second = block(outputs, outputs, (3, 3), (1, 1), relu=False)
        self.shortcut = nn.Conv2d(inputs, outputs, 1, stride) if inputs != outputs else nn.Identity()
        self.add = nn.quantized.FloatFunctional()

    def forward(self, x):
        return self.add.add_relu(self.second(self.first(x)), self.shortcut(x))


class Autoencoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.quant = quantization.QuantStub()
        layers = []
        before = 640
        for units in (128, 128, 128, 128, 8, 128, 128, 128, 128):
            layers.append(nn.Sequential(nn.Linear(before, units), nn.BatchNorm1d(units, eps=1e-3), nn.ReLU()))
            before = units
        layers.append(nn.Linear(before, 640))
        self.layers = nn.Sequential(*layers)

    def forward(self, x):
        return self.layers(self.quant(x))


def separable(inputs, outputs, stride):
    return nn.Sequential(
        block(inputs, inputs, (3, 3), (stride, stride), groups=inputs), block(inputs, outputs, (1, 1), (1, 1))
    )


def ds_cnn():
    layers = [block(1, 64, (10, 4), (2, 2))] + [separable(64, 64, 1) for _ in range(4)]
    return Classifier(nn.Sequential(*layers), 64, 12), (1, 49, 10), 12


def resnet_8():
    layers = [block(3, 16, (3, 3), (1, 1)), Residual(16, 16, 1), Residual(16, 32, 2), Residual(32, 64, 2)]
    return Classifier(nn.Sequential(*layers), 64, 10), (3, 32, 32), 10


def mobilenet():
    channels = [16, 32, 32, 64, 64, 128, 128, 128, 128, 128, 128, 256, 256]
    strides = [1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1]
    layers = [block(3, 8, (3, 3), (2, 2))]
    before = 8
    for outputs, stride in zip(channels, strides):
        layers.append(separable(before, outputs, stride))
        before = outputs
    return Classifier(nn.Sequential(*layers), 256, 2), (3, 96, 96), 2


def autoencoder():
    return Autoencoder(), (640,), 0


NETWORKS = {"ds_cnn": ds_cnn, "resnet_8": resnet_8, "mobilenet": mobilenet, "autoencoder": autoencoder}


def fuse(module):
    """Fuses convolution, batch norm and ReLU wherever they are one block."""
    for child in module.children():
        names = [str(i) for i in range(len(child))] if isinstance(child, nn.Sequential) else []
        convolves = names and isinstance(child[0], nn.Conv2d)
        # Eager mode has no fused form of Linear, batch norm and ReLU in training.
        if convolves:
            quantization.fuse_modules_qat(child, names, inplace=True)
        else:
            fuse(child)


class Run:
    """A network in training, on random samples."""

    def __init__(self, name, mode, layout):
        torch.manual_seed(1)
        self.model, shape, classes = NETWORKS[name]()
        self.model.train()
        if mode == "qat":
            fuse(self.model)
            self.model.qconfig = quantization.get_default_qat_qconfig("fbgemm")
            quantization.prepare_qat(self.model, inplace=True)
        self.x = torch.randn(BATCH, *shape)
        if layout == "channels_last" and len(shape) == 3:
            self.x = self.x.to(memory_format=torch.channels_last)
            self.model = self.model.to(memory_format=torch.channels_last)
        self.y = torch.randint(classes, (BATCH,)) if classes else self.x
        self.loss = nn.CrossEntropyLoss() if classes else nn.MSELoss()
        self.optimizer = torch.optim.Adam(self.model.parameters(), 1e-3)

    def steps(self, count):
        began = time.perf_counter()
        for _ in range(count):
            self.optimizer.zero_grad(set_to_none=True)
            self.loss(self.model(self.x), self.y).backward()
            self.optimizer.step()
        return time.perf_counter() - began


def gemm():
    size = 768
    a, b = torch.randn(size, size), torch.randn(size, size)
    best = 0.0
    for _ in range(20):
        began = time.perf_counter()
        torch.mm(a, b)
        best = max(best, 2 * size**3 / (time.perf_counter() - began) / 1e9)
    return best


def main():
    torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))
    # Numbers below the normal range would slow a network down that trains on noise.
    torch.set_flush_denormal(True)
    runs = {}
    print("torch", torch.__version__, flush=True)
    for line in sys.stdin:
        words = line.split()
        if words[0] == "gemm":
            print(gemm(), flush=True)
        else:
            key = tuple(words[:3])
            if key not in runs:
                runs[key] = Run(*key)
            print(runs[key].steps(int(words[3])), flush=True)


main()
