/*
 * SVDF: input [C_IN] and output [UNITS], int8; state [FILTERS, MEMORY], int16 in little endian at any address.
 *
 * Each filter keeps its products with the latest inputs, oldest first; the output sums them up over time, with weights
 * of their own, and over the filters of a unit.
 */
#ifndef TT_SVDF_S8_H
#define TT_SVDF_S8_H

#include <string.h>

#include "tt_kernel.h"

typedef struct {
    int input_channels;
    int units;
    int rank; /* filters of a unit */
    int memory;
    int32_t feature_multiplier; /* from a product with the input to the state's scale */
    int feature_shift;
    int32_t multiplier; /* from a sum over the state to the output's scale */
    int shift;
    int output_zero_point; /* in [-128, 127] */
} tt_svdf_params;

/* Element i of a state. */
TT_KERNEL int16_t tt_svdf_get(const int8_t *state, int i)
{
    int16_t value;
    memcpy(&value, state + 2 * i, sizeof value);
    return value;
}

/* Sets element i of a state to x, saturated. */
TT_KERNEL void tt_svdf_set(int8_t *state, int i, int32_t x)
{
    const int16_t value = (int16_t)(x < -32768 ? -32768 : x > 32767 ? 32767 : x);
    memcpy(state + 2 * i, &value, sizeof value);
}

/*
 * One step: all of the output, and the state moved on.
 *
 * feature_bias[f] is less the input's zero point times the sum of the filter's weights; time_weights are [FILTERS,
 * MEMORY]. Sums wrap.
 */
TT_KERNEL void tt_svdf_s8(const tt_svdf_params *p, const int8_t *input, int8_t *state, const int8_t *feature_weights,
                          const int32_t *feature_bias, const int16_t *time_weights, const int32_t *bias,
                          int8_t *output)
{
    const int filters = p->units * p->rank;

    /* All filters at once: the oldest element of each gets the next one's place of the newest, to be overwritten. */
    memmove(state, state + 2, (size_t)(2 * (filters * p->memory - 1)));
    for (int f = 0; f < filters; f++) {
        const int32_t acc = tt_dot_s8(tt_flash_s32(&feature_bias[f]), input, feature_weights, p->input_channels);
        tt_svdf_set(state, (f + 1) * p->memory - 1, tt_requantize(acc, p->feature_multiplier, p->feature_shift));
        feature_weights += p->input_channels;
    }
    int i = 0;
    for (int u = 0; u < p->units; u++) {
        uint32_t sum = (uint32_t)tt_flash_s32(&bias[u]);
        for (const int end = i + p->rank * p->memory; i < end; i++) {
            sum += (uint32_t)((int32_t)tt_flash_s16(&time_weights[i]) * tt_svdf_get(state, i));
        }
        output[u] = tt_output_s8((int32_t)sum, p->multiplier, p->shift, p->output_zero_point, -128, 127);
    }
}

#endif
