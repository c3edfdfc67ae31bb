/*
 * Runs the network on its stored sample and prints what it says.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
@if printk@
#include <zephyr/sys/printk.h>
@else@
#include <stdio.h>
@end@
@if reals@
#include <stdlib.h>
@end@

#include "@model@.h"
#include "@model@_sample.h"

@if reals@
/* With three decimals, in integers: what prints on a microcontroller often knows no floats. */
static void print_real(const char *name, float value)
{
    const long thousandths = (long)(value * 1000.0f + (value < 0.0f ? -0.5f : 0.5f));
    @printf@("%s = %s%ld.%03ld\n", name, thousandths < 0 ? "-" : "", labs(thousandths) / 1000,
           labs(thousandths) % 1000);
}

@end@
@if classes@
static void print_result(const @model@_result *result)
{
@if labels@
    char label[@MODEL@_LABEL_BYTES];
    @model@_label(result->winner, label);
    @printf@("class %d: %s, score %d\n", result->winner, label, result->score);
@else@
    @printf@("class %d, score %d\n", result->winner, result->score);
@end@
}
@end@
@if quantities@
/* Every quantity in its own unit. */
static void print_result(void)
{
    for (int i = 0; i < @MODEL@_OUTPUT_ELEMENTS; i++) {
@if labels@
        char name[@MODEL@_LABEL_BYTES];
        @model@_label(i, name);
        print_real(name, @model@_output_quantity(@model@_output(), i));
@else@
        print_real("quantity", @model@_output_quantity(@model@_output(), i));
@end@
    }
}
@end@
@if anomaly@
/* How badly the network reconstructs the readings. */
static void print_result(void)
{
    const double error = @model@_reconstruction_error(@model@_sample_raw, @model@_output());
    print_real("reconstruction error", (float)error);
@if threshold@
    @printf@("%s\n", error > @MODEL@_ANOMALY_THRESHOLD ? "an anomaly" : "normal");
@end@
}
@end@
@if values@
/* The output as it is. */
static void print_result(void)
{
    for (int32_t i = 0; i < @MODEL@_OUTPUT_ELEMENTS; i++) {
        @printf@("%d%c", @model@_output()[i], i + 1 < @MODEL@_OUTPUT_ELEMENTS ? ' ' : '\n');
    }
}
@end@

int main(void)
{
@if one_call@
@if steps@
    static @model@_trigger trigger;
    @model@_result result = {0};
    @model@_trigger_reset(&trigger);
    @model@_reset();
    for (int step = 0; step < @MODEL@_SAMPLE_STEPS; step++) {
        /* A program of its own gives its samples here; these are in their place already. */
        @model@_sample_load(step);
        if (@model@_classify_next(@model@_input(), &result) != @MODEL@_NOTHING) {
            const int event = @model@_trigger_update(&trigger, &result);
            if (event != @MODEL@_NOTHING) {
                @printf@("event: class %d\n", event);
            }
        }
    }
@else@
    @model@_result result;
    /* A program of its own gives its input here; this one is in its place already. */
    @model@_sample_load();
    (void)@model@_classify(@model@_input(), &result);
@end@
    print_result(&result);
@else@
@if steps@
    @model@_reset();
    for (int step = 0; step < @MODEL@_SAMPLE_STEPS; step++) {
        @model@_sample_load(step);
        @model@_invoke();
    }
@else@
    @model@_sample_load();
    @model@_invoke();
@end@
@if classes@
    @model@_result result;
    (void)@model@_read_result(&result);
    print_result(&result);
@else@
    print_result();
@end@
@end@

    const int32_t differences = @model@_sample_differences();
    @printf@("output bytes that differ from the simulator's: %ld\n", (long)differences);
#ifdef TT_CRC
    if (@model@_sample_first_difference() >= 0) {
        @printf@("the first operator that computes anything else is %d\n", @model@_sample_first_difference());
    }
#endif
    return differences == 0 ? 0 : 1;
}
