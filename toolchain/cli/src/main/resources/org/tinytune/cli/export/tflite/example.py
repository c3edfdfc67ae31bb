#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the network on its stored sample and prints what comes out."""
import pathlib

import numpy

try:
    from ai_edge_litert.interpreter import Interpreter
except ImportError:
    try:
        from tflite_runtime.interpreter import Interpreter
    except ImportError:
        from tensorflow.lite import Interpreter

folder = pathlib.Path(__file__).parent
interpreter = Interpreter(str(folder / "@file@"))
interpreter.allocate_tensors()
entry = interpreter.get_input_details()[0]
steps = numpy.fromfile(folder / "sample.bin", entry["dtype"]).reshape(-1, *entry["shape"])
for step in steps:
    interpreter.set_tensor(entry["index"], step)
    interpreter.invoke()

for output in interpreter.get_output_details():
    values = interpreter.get_tensor(output["index"])
    scale, zero_point = output["quantization"]
    print(output["name"], values.flatten().tolist())
    print("as real values:", (scale * (values.astype(float) - zero_point)).flatten().tolist())

labels = folder / "labels.txt"
if labels.exists() and values.size == len(labels.read_text().splitlines()):
    print("highest:", labels.read_text().splitlines()[int(values.argmax())])
