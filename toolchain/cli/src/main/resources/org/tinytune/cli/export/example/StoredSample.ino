/*
 * Runs the network on its stored sample and prints what it says, at 115200 bits per second.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
@if platformio@
#include <Arduino.h>

@end@
#include <@model@.h>

#include "@model@_sample.h"

@if classes@
// The class with the highest output.
static void printResult() {
  const @output_type@ *output = @model@_output();
  int best = 0;
  for (int i = 1; i < @MODEL@_OUTPUT_ELEMENTS; i++) {
    if (output[i] > output[best]) {
      best = i;
    }
  }
  Serial.print(F("class "));
  Serial.print(best);
@if labels@
  char label[@MODEL@_LABEL_BYTES];
  @model@_label(best, label);
  Serial.print(F(": "));
  Serial.print(label);
@end@
  Serial.print(F(", output "));
  Serial.println(output[best]);
}
@end@
@if binary@
// One of two classes, which a single output tells apart.
static void printResult() {
  const @output_type@ output = @model@_output()[0];
  const int second = @model@_dequantize_output(output) > @boundary@f;
  Serial.print(F("class "));
  Serial.print(second);
@if labels@
  char label[@MODEL@_LABEL_BYTES];
  @model@_label(second, label);
  Serial.print(F(": "));
  Serial.print(label);
@end@
  Serial.print(F(", output "));
  Serial.println(output);
}
@end@
@if quantities@
// Every quantity in its own unit.
static void printResult() {
  for (int i = 0; i < @MODEL@_OUTPUT_ELEMENTS; i++) {
@if labels@
    char name[@MODEL@_LABEL_BYTES];
    @model@_label(i, name);
    Serial.print(name);
@else@
    Serial.print(F("quantity"));
@end@
    Serial.print(F(" = "));
    Serial.println(@model@_output_quantity(@model@_output(), i), 3);
  }
}
@end@
@if anomaly@
// How badly the network reconstructs the readings.
static void printResult() {
  const double error = @model@_reconstruction_error(@model@_sample_raw, @model@_output());
  Serial.print(F("reconstruction error = "));
  Serial.println(error, 3);
@if threshold@
  Serial.println(error > @MODEL@_ANOMALY_THRESHOLD ? F("an anomaly") : F("normal"));
@end@
}
@end@
@if values@
// The output as it is.
static void printResult() {
  for (int32_t i = 0; i < @MODEL@_OUTPUT_ELEMENTS; i++) {
    Serial.print(@model@_output()[i]);
    Serial.print(i + 1 < @MODEL@_OUTPUT_ELEMENTS ? ' ' : '\n');
  }
}
@end@

void setup() {
  Serial.begin(115200);
  while (!Serial) {
    // Boards with USB of their own wait for the monitor.
  }

@if steps@
  @model@_reset();
  for (int step = 0; step < @MODEL@_SAMPLE_STEPS; step++) {
    @model@_sample_load(step);
    const uint32_t start = micros();
    @model@_invoke();
    Serial.print(F("microseconds: "));
    Serial.println(micros() - start);
  }
@else@
  @model@_sample_load();
  const uint32_t start = micros();
  @model@_invoke();
  const uint32_t end = micros();
  Serial.print(F("microseconds: "));
  Serial.println(end - start);
@end@
  printResult();
  Serial.print(F("output bytes that differ from the simulator's: "));
  Serial.println(@model@_sample_differences());
}

void loop() {
}
