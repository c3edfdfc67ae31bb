/*
 * LOGISTIC and TANH, int16: the sigmoid, interpolated between 256 points 1/24 apart; tanh(x) = 2 * sigmoid(2 * x) - 1.
 */
#ifndef TT_SIGMOID_S16_H
#define TT_SIGMOID_S16_H

#include "tt_kernel_s16.h"

typedef struct {
    int rows;
    int row_elements;
    int input_ring_rows;
    int output_ring_rows;
    int tanh;
    int32_t multiplier; /* below 2^15; with the shift, to steps of 1 / (3 * 4096) */
    int right_shift;
} tt_sigmoid_s16_params;

/* The point, in flash, of an index below 256: unsigned, in steps of 2^-16. */
TT_KERNEL int32_t tt_sigmoid_point(const int16_t *sigmoid, int32_t i)
{
    return (uint16_t)tt_flash_s16(&sigmoid[i]);
}

/* Between the points on both sides of x, which counts 2^bits from one to the next; `greatest` behind the last. */
TT_KERNEL int32_t tt_sigmoid_between(const int16_t *sigmoid, int32_t x, int bits, int32_t greatest)
{
    const int32_t i = x >> bits;
    if (i >= 255) {
        return greatest;
    }
    const int32_t point = tt_sigmoid_point(sigmoid, i);
    const int32_t part = x & ((INT32_C(1) << bits) - 1);
    return (point << bits) + part * (tt_sigmoid_point(sigmoid, i + 1) - point);
}

/* Q0.15; below 0 the complement to 1. */
TT_KERNEL int16_t tt_logistic_s16(int32_t x, const int16_t *sigmoid)
{
    const int32_t q = tt_sigmoid_between(sigmoid, x < 0 ? -x : x, 9, INT32_C(0x7fff) << 10);
    return (int16_t)((x < 0 ? (INT32_C(1) << 25) - q + 511 : q + 512) >> 10);
}

/* Q0.15. */
TT_KERNEL int16_t tt_tanh_s16(int32_t x, const int16_t *sigmoid)
{
    const int32_t q = tt_sigmoid_between(sigmoid, x < 0 ? -x : x, 8, INT32_C(0xffff) << 8) - (INT32_C(1) << 23);
    return (int16_t)((x < 0 ? 127 - q : q + 128) >> 8);
}

/* Output rows row_begin to row_end - 1. */
TT_KERNEL void tt_sigmoid_s16(const tt_sigmoid_s16_params *p, const int16_t *input, const int16_t *sigmoid,
                              int16_t *output, int row_begin, int row_end)
{
    for (int y = row_begin; y < row_end; y++) {
        const int16_t *in = input + tt_row(y, p->row_elements, p->rows, p->input_ring_rows);
        int16_t *out = output + tt_row(y, p->row_elements, p->rows, p->output_ring_rows);
        for (int i = 0; i < p->row_elements; i++) {
            const int32_t rounding = p->right_shift > 0 ? INT32_C(1) << (p->right_shift - 1) : 0;
            const int32_t x = (*in++ * p->multiplier + rounding) >> p->right_shift;
            *out++ = p->tanh ? tt_tanh_s16(x, sigmoid) : tt_logistic_s16(x, sigmoid);
        }
    }
}

#endif
