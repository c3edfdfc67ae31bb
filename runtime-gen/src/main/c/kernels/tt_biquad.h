/*
 * Filters of int32 values in place: sections of second order whose zeros lie in one place. See Biquad and Butterworth.
 */
#ifndef TT_BIQUAD_H
#define TT_BIQUAD_H

#include "tt_kernel_s16.h"

/* Numbers of int16 that a section has in flash: gain, half of the feedback and damping, of two each, the lower first. */
#define TT_BIQUAD_NUMBERS 6

/* A word in flash, as two numbers of int16. */
TT_KERNEL int32_t tt_flash_two_s16(const int16_t *address)
{
    const uint32_t low = (uint16_t)tt_flash_s16(&address[0]);
    const uint32_t high = (uint16_t)tt_flash_s16(&address[1]);
    return (int32_t)(high << 16 | low);
}

/* A section, from rest; values in [-2^29, 2^29], before and after. */
TT_SHARED void tt_biquad(tt_word *values, int n, const int16_t *section, int high_pass)
{
    const int32_t gain = tt_flash_two_s16(&section[0]);
    const int32_t half_feedback = tt_flash_two_s16(&section[2]);
    const int32_t damping = tt_flash_two_s16(&section[4]);
    const int32_t feedback = half_feedback < 0 ? -half_feedback : half_feedback;
    int32_t x1 = 0;
    int32_t x2 = 0;
    int32_t y1 = 0;
    int32_t y2 = 0;
    for (int i = 0; i < n; i++) {
        const int32_t x = tt_rounding_doubling_high_multiply(values[i], gain);
        const int32_t back = tt_rounding_doubling_high_multiply(2 * y1, feedback);
        int32_t y = (high_pass ? x - 2 * x1 : x + 2 * x1) + x2;
        y -= half_feedback < 0 ? -back : back;
        y -= tt_rounding_doubling_high_multiply(y2, damping);
        x2 = x1;
        x1 = x;
        y2 = y1;
        y1 = y;
        values[i] = y;
    }
}

#endif
