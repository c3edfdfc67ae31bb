/*
 * STANDARDIZE from int16 to int8: each feature of a row by a mean and a factor of its own.
 */
#ifndef TT_STANDARDIZE_S16_S8_H
#define TT_STANDARDIZE_S16_S8_H

#include "tt_kernel_s16.h"

typedef struct {
    int rows;
    int row_elements;
    int input_ring_rows;
    int output_ring_rows;
    int shift;             /* in [1, 29] */
    int output_zero_point; /* in [-128, 127] */
} tt_standardize_s16_s8_params;

/* Output rows row_begin to row_end - 1; a mean and a factor for each element of a row. */
TT_KERNEL void tt_standardize_s16_s8(const tt_standardize_s16_s8_params *p, const int16_t *input, const int16_t *mean,
                                     const int16_t *factor, int8_t *output, int row_begin, int row_end)
{
    for (int y = row_begin; y < row_end; y++) {
        const int16_t *in = input + tt_row(y, p->row_elements, p->rows, p->input_ring_rows);
        int8_t *out = output + tt_row(y, p->row_elements, p->rows, p->output_ring_rows);
        for (int i = 0; i < p->row_elements; i++) {
            const int32_t difference = tt_clamp_s16((int32_t)*in++ - tt_flash_s16(&mean[i]), INT16_MIN, INT16_MAX);
            /* At most 2^30 in magnitude, and half of what the shift drops. */
            const int32_t product = difference * tt_flash_s16(&factor[i]) + ((int32_t)1 << (p->shift - 1));
            *out++ = tt_clamp((product >> p->shift) + p->output_zero_point, INT8_MIN, INT8_MAX);
        }
    }
}

#endif
