/* Stand-in for a kernel header of a generated library: a dot product over weights in flash. */
#ifndef TT_DOT_H
#define TT_DOT_H

#include <stdint.h>

#ifdef __AVR__
#include <avr/pgmspace.h>
#define TT_CONST PROGMEM
#define TT_READ_S8(address) ((int8_t)pgm_read_byte(address))
#else
#define TT_CONST
#define TT_READ_S8(address) (*(address))
#endif

static inline int32_t tt_dot_s8(const int8_t *input, const int8_t *weights, uint16_t count)
{
    int32_t sum = 0;
    for (uint16_t i = 0; i < count; ++i) {
        sum += (int32_t)input[i] * TT_READ_S8(&weights[i]);
    }
    return sum;
}

#endif
