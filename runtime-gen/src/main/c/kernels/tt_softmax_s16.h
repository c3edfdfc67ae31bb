/*
 * SOFTMAX over the channels of [H, W, C], int16. Exponentials and the reciprocal of their sum are interpolated between
 * the 513 points of a table each.
 */
#ifndef TT_SOFTMAX_S16_H
#define TT_SOFTMAX_S16_H

#include "tt_kernel_s16.h"

typedef struct {
    int height;
    int width;
    int channels;
    int input_ring_rows;
    int output_ring_rows;
    int32_t multiplier; /* from a difference of inputs to one of 10 / 65535 */
    int shift;
} tt_softmax_s16_params;

/* The value of a table in flash, whose points are 128 apart, at x saturated to int16. */
TT_KERNEL int32_t tt_softmax_lookup_s16(const int16_t *table, int32_t x)
{
    const int32_t at = tt_clamp_s16(x, -32768, 32767);
    const int16_t *point = table + ((at >> 7) + 256);
    const int32_t value = tt_flash_s16(point);
    return value + (((tt_flash_s16(point + 1) - value) * (at & 127) + 64) >> 7);
}

/* One vector of channels. The exponentials, Q0.15, lie in the output before they are divided by their sum. */
TT_KERNEL void tt_softmax_vector_s16(const tt_softmax_s16_params *p, const int16_t *in, const int16_t *exponential,
                                     const int16_t *reciprocal, int16_t *out)
{
    int16_t greatest = INT16_MIN;
    for (int i = 0; i < p->channels; i++) {
        greatest = in[i] > greatest ? in[i] : greatest;
    }
    int32_t sum = 0;
    for (int i = 0; i < p->channels; i++) {
        const int32_t distance = tt_requantize((int32_t)in[i] - greatest, p->multiplier, p->shift);
        out[i] = (int16_t)tt_softmax_lookup_s16(exponential, distance + 32767);
        sum += out[i];
    }
    /* Normalized to [1, 2) in Q1.30: what is above 1, in Q0.16, goes into the table. */
    int shift = 30;
    int32_t normalized = sum;
    while (normalized < INT32_C(1) << 30) {
        normalized *= 2;
        shift--;
    }
    const int32_t fraction = ((normalized >> 13) + 1) >> 1;
    const int32_t scale = tt_softmax_lookup_s16(reciprocal, fraction - 32768 - 65536);
    for (int i = 0; i < p->channels; i++) {
        const int32_t product = out[i] * scale + (INT32_C(1) << (shift - 1));
        out[i] = tt_clamp_s16(product >> shift, 0, 32767);
    }
}

/* Output rows row_begin to row_end - 1. */
TT_KERNEL void tt_softmax_s16(const tt_softmax_s16_params *p, const int16_t *input, const int16_t *exponential,
                              const int16_t *reciprocal, int16_t *output, int row_begin, int row_end)
{
    const int row = p->width * p->channels;

    for (int y = row_begin; y < row_end; y++) {
        const int16_t *in = input + tt_row(y, row, p->height, p->input_ring_rows);
        int16_t *out = output + tt_row(y, row, p->height, p->output_ring_rows);
        for (int x = 0; x < p->width; x++) {
            tt_softmax_vector_s16(p, in, exponential, reciprocal, out);
            in += p->channels;
            out += p->channels;
        }
    }
}

#endif
