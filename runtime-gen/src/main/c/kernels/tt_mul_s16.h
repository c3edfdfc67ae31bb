/*
 * MUL of two tensors, int16, each with a scale of its own. The second may repeat within a row of the first.
 */
#ifndef TT_MUL_S16_H
#define TT_MUL_S16_H

#include "tt_kernel_s16.h"

typedef struct {
    int rows;
    int row_elements;
    int input_2_elements; /* of a row of input 2, a divisor of row_elements */
    int input_1_ring_rows;
    int input_2_ring_rows;
    int output_ring_rows;
    int input_2_in_flash; /* whether it is a constant, declared TT_FLASH */
    int32_t output_multiplier;
    int output_shift;
    int activation_min; /* in [-32768, 32767], as below */
    int activation_max;
} tt_mul_s16_params;

/* Output rows row_begin to row_end - 1. */
TT_KERNEL void tt_mul_s16(const tt_mul_s16_params *p, const int16_t *input_1, const int16_t *input_2,
                          int16_t *output, int row_begin, int row_end)
{
    for (int y = row_begin; y < row_end; y++) {
        const int16_t *in_1 = input_1 + tt_row(y, p->row_elements, p->rows, p->input_1_ring_rows);
        const int16_t *in_2 = input_2 + tt_row(y, p->input_2_elements, p->rows, p->input_2_ring_rows);
        int16_t *out = output + tt_row(y, p->row_elements, p->rows, p->output_ring_rows);
        for (int begin = 0; begin < p->row_elements; begin += p->input_2_elements) {
            for (int i = 0; i < p->input_2_elements; i++) {
                const int16_t x_1 = *in_1++;
                const int16_t x_2 = p->input_2_in_flash ? tt_flash_s16(&in_2[i]) : in_2[i];
                /* At most 2^30. */
                const int32_t product = (int32_t)x_1 * x_2;
                *out++ = tt_clamp_s16(tt_requantize(product, p->output_multiplier, p->output_shift),
                                      p->activation_min, p->activation_max);
            }
        }
    }
}

#endif
