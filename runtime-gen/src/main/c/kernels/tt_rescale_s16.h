/*
 * QUANTIZE, RELU and the like, and LEAKY_RELU, from int16 to int16: a multiplier for each sign, and a clamp.
 */
#ifndef TT_RESCALE_S16_H
#define TT_RESCALE_S16_H

#include "tt_kernel_s16.h"

typedef struct {
    int rows;
    int row_elements;
    int input_ring_rows;
    int output_ring_rows;
    int32_t positive_multiplier; /* of values of 0 or more */
    int positive_shift;
    int32_t negative_multiplier;
    int negative_shift;
    int activation_min; /* in [-32768, 32767], as below */
    int activation_max;
} tt_rescale_s16_params;

/* Output rows row_begin to row_end - 1. */
TT_KERNEL void tt_rescale_s16(const tt_rescale_s16_params *p, const int16_t *input, int16_t *output, int row_begin,
                              int row_end)
{
    for (int y = row_begin; y < row_end; y++) {
        const int16_t *in = input + tt_row(y, p->row_elements, p->rows, p->input_ring_rows);
        int16_t *out = output + tt_row(y, p->row_elements, p->rows, p->output_ring_rows);
        for (int i = 0; i < p->row_elements; i++) {
            const int16_t x = *in++;
            const int32_t rescaled = x >= 0 ? tt_requantize(x, p->positive_multiplier, p->positive_shift)
                                            : tt_requantize(x, p->negative_multiplier, p->negative_shift);
            *out++ = tt_clamp_s16(rescaled, p->activation_min, p->activation_max);
        }
    }
}

#endif
