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
static @model@_result result;
@if one_call@
@if steps@
static @model@_trigger trigger;
@end@
@end@

static void printResult() {
  Serial.print(F("class "));
  Serial.print(result.winner);
@if labels@
  char label[@MODEL@_LABEL_BYTES];
  @model@_label(result.winner, label);
  Serial.print(F(": "));
  Serial.print(label);
@end@
  Serial.print(F(", score "));
  Serial.println(result.score);
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
@if one_call@
  @model@_trigger_reset(&trigger);
@end@
  for (int step = 0; step < @MODEL@_SAMPLE_STEPS; step++) {
    @model@_sample_load(step);
    const uint32_t start = micros();
@if one_call@
    // A program of its own gives its samples here; these are in their place already.
    const int winner = @model@_classify_next(@model@_input(), &result);
    const uint32_t end = micros();
    if (winner != @MODEL@_NOTHING) {
      const int event = @model@_trigger_update(&trigger, &result);
      if (event != @MODEL@_NOTHING) {
        Serial.print(F("event: class "));
        Serial.println(event);
      }
    }
@else@
    @model@_invoke();
    const uint32_t end = micros();
@end@
    Serial.print(F("microseconds: "));
    Serial.println(end - start);
  }
@else@
  @model@_sample_load();
  const uint32_t start = micros();
@if one_call@
  // A program of its own gives its input here; this one is in its place already.
  @model@_classify(@model@_input(), &result);
@else@
  @model@_invoke();
@end@
  const uint32_t end = micros();
  Serial.print(F("microseconds: "));
  Serial.println(end - start);
@end@
@if classes@
@if one_call@
@else@
  @model@_read_result(&result);
@end@
@end@
  printResult();
  Serial.print(F("output bytes that differ from the simulator's: "));
  Serial.println(@model@_sample_differences());
}

void loop() {
}
