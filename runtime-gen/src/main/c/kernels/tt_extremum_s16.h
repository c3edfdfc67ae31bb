/*
 * MAXIMUM and MINIMUM of two tensors, int16, quantized alike. The second may repeat within a row of the first.
 */
#ifndef TT_EXTREMUM_S16_H
#define TT_EXTREMUM_S16_H

#include "tt_kernel_s16.h"

typedef struct {
    int rows;
    int row_elements;
    int input_2_elements; /* of a row of input 2, a divisor of row_elements */
    int input_1_ring_rows;
    int input_2_ring_rows;
    int output_ring_rows;
    int input_2_in_flash; /* whether it is a constant, declared TT_FLASH */
    int maximum; /* whether the greater of two is taken, not the lesser */
} tt_extremum_s16_params;

/* Output rows row_begin to row_end - 1. */
TT_KERNEL void tt_extremum_s16(const tt_extremum_s16_params *p, const int16_t *input_1, const int16_t *input_2,
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
                *out++ = (x_1 > x_2) == (p->maximum != 0) ? x_1 : x_2;
            }
        }
    }
}

#endif
