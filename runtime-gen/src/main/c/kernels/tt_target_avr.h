/*
 * 8-bit AVR with a hardware multiplier. Program memory is an address space of its own, and products are 8 by 8 bits.
 */
#ifndef TT_TARGET_AVR_H
#define TT_TARGET_AVR_H

#include <avr/pgmspace.h>

#include "tt_half_product_16.h"

#define TT_HAS_FLASH 1
#define TT_FLASH PROGMEM

TT_KERNEL int8_t tt_flash_s8(const int8_t *address)
{
    return (int8_t)pgm_read_byte(address);
}

TT_KERNEL int16_t tt_flash_s16(const int16_t *address)
{
    return (int16_t)pgm_read_word(address);
}

TT_KERNEL int32_t tt_flash_s32(const int32_t *address)
{
    return (int32_t)pgm_read_dword(address);
}

/*
 * One product of the dot products below, 12 cycles: MULS leaves the product's sign in the carry, from which SBC makes
 * the byte that extends it to 32 bits.
 */
#define TT_AVR_PRODUCT(load_x)       \
    load_x                           \
    "    lpm  %[b], %a[weights]+\n"  \
    "    muls %[a], %[b]\n"          \
    "    sbc  %[a], %[a]\n"          \
    "    add  %A[acc], r0\n"         \
    "    adc  %B[acc], r1\n"         \
    "    adc  %C[acc], %[a]\n"       \
    "    adc  %D[acc], %[a]\n"

#define TT_AVR_NEXT "    ld   %[a], %a[x]+\n"

/* Four products a turn, then up to three. */
#define TT_HAS_DOT 1
TT_SHARED int32_t tt_dot_s8(int32_t acc, const int8_t *x, const int8_t *weights, int n)
{
    int8_t a;
    int8_t b;
    int quads = n >> 2;
    n &= 3;
    __asm__ volatile("    sbiw %[quads], 0\n"
                     "    breq 2f\n"
                     "1:\n" TT_AVR_PRODUCT(TT_AVR_NEXT) TT_AVR_PRODUCT(TT_AVR_NEXT) TT_AVR_PRODUCT(TT_AVR_NEXT)
                         TT_AVR_PRODUCT(TT_AVR_NEXT)
                     "    sbiw %[quads], 1\n"
                     "    brne 1b\n"
                     "2:  dec  %A[n]\n"
                     "    brmi 3f\n" TT_AVR_PRODUCT(TT_AVR_NEXT)
                     "    rjmp 2b\n"
                     "3:  clr  r1"
                     : [acc] "+r"(acc), [x] "+x"(x), [weights] "+z"(weights), [quads] "+w"(quads), [n] "+r"(n),
                       [a] "=&d"(a), [b] "=&d"(b)
                     :
                     : "memory");
    return acc;
}

#define TT_AVR_NEXT_STRIDED          \
    "    ld   %[a], %a[x]\n"         \
    "    add  %A[x], %A[x_stride]\n" \
    "    adc  %B[x], %B[x_stride]\n"

/* The steps from row to row are counted from the end of a row here. */
#define TT_HAS_DOT_WINDOW 1
TT_SHARED int32_t tt_dot_window_s8(int32_t acc, const int8_t *x, int x_stride, int x_step, const int8_t *weights,
                                   int weights_step, int n, int rows)
{
    int8_t a;
    int8_t b;
    uint8_t taps = (uint8_t)n;
    uint8_t left = (uint8_t)rows;
    uint8_t i;
    x_step -= n * x_stride;
    weights_step -= n;
    if (n > 0 && rows > 0) {
        __asm__ volatile("1:  mov  %[i], %[taps]\n"
                         "2:\n" TT_AVR_PRODUCT(TT_AVR_NEXT_STRIDED)
                         "    dec  %[i]\n"
                         "    brne 2b\n"
                         "    add  %A[x], %A[x_step]\n"
                         "    adc  %B[x], %B[x_step]\n"
                         "    add  %A[weights], %A[weights_step]\n"
                         "    adc  %B[weights], %B[weights_step]\n"
                         "    dec  %[left]\n"
                         "    brne 1b\n"
                         "    clr  r1"
                         : [acc] "+r"(acc), [x] "+x"(x), [weights] "+z"(weights), [left] "+r"(left), [i] "=&r"(i),
                           [a] "=&d"(a), [b] "=&d"(b)
                         : [x_stride] "r"(x_stride), [x_step] "r"(x_step), [weights_step] "r"(weights_step),
                           [taps] "r"(taps)
                         : "memory");
    }
    return acc;
}

/*
 * About 100 cycles, from 16 products of bytes, column by column: %[p1] to %[p7] are the bytes of the 64-bit product,
 * and two registers serve twice. Bytes are multiplied unsigned; a negative a then takes b from the upper half.
 */
#define TT_HAS_HIGH_MULTIPLY 1
TT_SHARED int32_t tt_rounding_doubling_high_multiply(int32_t a, int32_t b)
{
    uint8_t zero;
    uint8_t p14; /* bytes 1 and 4 */
    uint8_t p25; /* bytes 2 and 5 */
    uint8_t p3;
    uint8_t p6;
    uint8_t p7;
    __asm__("clr  %[zero]\n"
            "clr  %[p25]\n"
            "clr  %[p3]\n"
            "mul  %A[a], %A[b]\n"
            "mov  %[p14], r1\n"
            /* column 1 */
            "mul  %A[a], %B[b]\n"
            "add  %[p14], r0\n"
            "adc  %[p25], r1\n"
            "adc  %[p3], %[zero]\n"
            "mul  %B[a], %A[b]\n"
            "add  %[p14], r0\n"
            "adc  %[p25], r1\n"
            "adc  %[p3], %[zero]\n"
            /* column 2 */
            "clr  %[p14]\n"
            "mul  %A[a], %C[b]\n"
            "add  %[p25], r0\n"
            "adc  %[p3], r1\n"
            "adc  %[p14], %[zero]\n"
            "mul  %B[a], %B[b]\n"
            "add  %[p25], r0\n"
            "adc  %[p3], r1\n"
            "adc  %[p14], %[zero]\n"
            "mul  %C[a], %A[b]\n"
            "add  %[p25], r0\n"
            "adc  %[p3], r1\n"
            "adc  %[p14], %[zero]\n"
            /* column 3 */
            "clr  %[p25]\n"
            "mul  %A[a], %D[b]\n"
            "add  %[p3], r0\n"
            "adc  %[p14], r1\n"
            "adc  %[p25], %[zero]\n"
            "mul  %B[a], %C[b]\n"
            "add  %[p3], r0\n"
            "adc  %[p14], r1\n"
            "adc  %[p25], %[zero]\n"
            "mul  %C[a], %B[b]\n"
            "add  %[p3], r0\n"
            "adc  %[p14], r1\n"
            "adc  %[p25], %[zero]\n"
            "mul  %D[a], %A[b]\n"
            "add  %[p3], r0\n"
            "adc  %[p14], r1\n"
            "adc  %[p25], %[zero]\n"
            /* column 4 */
            "clr  %[p6]\n"
            "mul  %B[a], %D[b]\n"
            "add  %[p14], r0\n"
            "adc  %[p25], r1\n"
            "adc  %[p6], %[zero]\n"
            "mul  %C[a], %C[b]\n"
            "add  %[p14], r0\n"
            "adc  %[p25], r1\n"
            "adc  %[p6], %[zero]\n"
            "mul  %D[a], %B[b]\n"
            "add  %[p14], r0\n"
            "adc  %[p25], r1\n"
            "adc  %[p6], %[zero]\n"
            /* column 5 */
            "clr  %[p7]\n"
            "mul  %C[a], %D[b]\n"
            "add  %[p25], r0\n"
            "adc  %[p6], r1\n"
            "adc  %[p7], %[zero]\n"
            "mul  %D[a], %C[b]\n"
            "add  %[p25], r0\n"
            "adc  %[p6], r1\n"
            "adc  %[p7], %[zero]\n"
            /* column 6 */
            "mul  %D[a], %D[b]\n"
            "add  %[p6], r0\n"
            "adc  %[p7], r1\n"
            /* the sign of a */
            "sbrs %D[a], 7\n"
            "rjmp 1f\n"
            "sub  %[p14], %A[b]\n"
            "sbc  %[p25], %B[b]\n"
            "sbc  %[p6], %C[b]\n"
            "sbc  %[p7], %D[b]\n"
            /* plus 2^30, shifted right by 31: adding 2^31 after doubling carries out of byte 3 */
            "1:\n"
            "lsl  %[p3]\n"
            "rol  %[p14]\n"
            "rol  %[p25]\n"
            "rol  %[p6]\n"
            "rol  %[p7]\n"
            "lsl  %[p3]\n"
            "adc  %[p14], %[zero]\n"
            "adc  %[p25], %[zero]\n"
            "adc  %[p6], %[zero]\n"
            "adc  %[p7], %[zero]\n"
            "mov  %A[a], %[p14]\n"
            "mov  %B[a], %[p25]\n"
            "mov  %C[a], %[p6]\n"
            "mov  %D[a], %[p7]\n"
            "clr  r1"
            : [a] "+r"(a), [zero] "=&r"(zero), [p14] "=&r"(p14), [p25] "=&r"(p25), [p3] "=&r"(p3), [p6] "=&r"(p6),
              [p7] "=&r"(p7)
            : [b] "r"(b));
    return a;
}

#endif
