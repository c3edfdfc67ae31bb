/*
 * Armv6-M (Cortex-M0, M0+): products of 32 bits only, and eight registers that most instructions can use.
 */
#ifndef TT_TARGET_ARMV6M_H
#define TT_TARGET_ARMV6M_H

#include "tt_half_product_16.h"
#include "tt_high_multiply_16.h"

#define TT_HAS_SCALE 1
#define TT_RELU_FIRST 1
/*
 * As tt_rounding_doubling_high_multiply, but with room for the sum in brackets: with acc below 2^30 in magnitude it is
 * above -2^30 and, with 2^30 added, below 2^32.
 */
TT_KERNEL int32_t tt_scale(int32_t acc, int32_t multiplier)
{
    const int32_t ah = acc >> 16;
    const int32_t bh = multiplier >> 16;
    const uint32_t al = (uint32_t)acc & 0xffffu;
    const uint32_t bl = (uint32_t)multiplier & 0xffffu;
    const uint32_t middle = (uint32_t)ah * bl + al * (uint32_t)bh + (al * bl >> 16) + UINT32_C(0x40004000);
    return 2 * ah * bh + (int32_t)(middle >> 15) - 0x8000;
}

#if TT_ASSEMBLER
/* tt_scale of r0, with 2^15 added where the constant in r10 is that above; r7 points 16 bytes before the multiplier. */
#define TT_SCALE_R0                                                                                                   \
    "ldrh r1, [r7, #16]\n\t"                                                                                          \
    "ldrh r2, [r7, #18]\n\t"                                                                                          \
    "uxth r3, r0\n\t"                                                                                                 \
    "asrs r0, r0, #16\n\t"                                                                                            \
    "movs r4, r3\n\t"                                                                                                 \
    "muls r4, r1, r4\n\t"                                                                                             \
    "lsrs r4, r4, #16\n\t"                                                                                            \
    "muls r3, r2, r3\n\t"                                                                                             \
    "adds r3, r3, r4\n\t"                                                                                             \
    "muls r1, r0, r1\n\t"                                                                                             \
    "adds r3, r3, r1\n\t"                                                                                             \
    "add r3, r10\n\t"                                                                                                 \
    "lsrs r3, r3, #15\n\t"                                                                                            \
    "muls r0, r2, r0\n\t"                                                                                             \
    "lsls r0, r0, #1\n\t"                                                                                             \
    "adds r0, r0, r3\n\t"
/* The accumulator of the next channel, and afterwards its output. */
#define TT_NEXT_ACCUMULATOR                                                                                           \
    "ldmia r6!, {r0}\n\t"                                                                                             \
    "ldr r1, [r7]\n\t"                                                                                                \
    "adds r0, r0, r1\n\t"
#define TT_ROUND_AND_SHIFT_R0                                                                                         \
    "mov r4, r8\n\t"                                                                                                  \
    "lsrs r1, r4, #8\n\t"                                                                                             \
    "mov r8, r1\n\t"                                                                                                  \
    "mov r1, r9\n\t"                                                                                                  \
    "lsls r1, r4\n\t"                                                                                                 \
    "adds r0, r0, r1\n\t"                                                                                             \
    "asrs r0, r4\n\t"                                                                                                 \
    "asrs r0, r0, #1\n\t"
#define TT_STORE_R0                                                                                                   \
    "strb r0, [r5]\n\t"                                                                                               \
    "adds r5, #1\n\t"                                                                                                 \
    "adds r7, #4\n\t"                                                                                                 \
    "ldr r1, %[end]\n\t"                                                                                              \
    "cmp r5, r1\n\t"                                                                                                  \
    "bne 1b"

#define TT_HAS_BLOCK_OUTPUTS 1
/*
 * See tt_block_outputs. r5, r6 and r7 point to outputs, sums and parameters; r8 holds the shifts, of which only the last
 * byte counts, r9 what rounding shifts, r10 what scaling adds.
 */
TT_KERNEL void tt_block_outputs_of_relu(const tt_outputs *o, const int32_t *sums, const int32_t *parameters, int n,
                                        int8_t *out)
{
    register int8_t *output __asm__("r5") = out;
    register const int32_t *sum __asm__("r6") = sums;
    register const int32_t *parameter __asm__("r7") = parameters;
    const int8_t *end = out + n;
    const int32_t rounding = 2 * o->zero_point + 1;
    __asm__ __volatile__(".syntax unified\n\t"
                         "ldr r0, [r7, #32]\n\t"
                         "mov r8, r0\n\t"
                         "ldr r0, %[rounding]\n\t"
                         "mov r9, r0\n\t"
                         "movs r0, #1\n\t"
                         "lsls r0, r0, #14\n\t"
                         "mov r10, r0\n"
                         "1:\n\t" TT_NEXT_ACCUMULATOR
                         "bgt 2f\n\t"
                         "mov r1, r8\n\t"
                         "lsrs r1, r1, #8\n\t"
                         "mov r8, r1\n\t"
                         "movs r0, #128\n\t"
                         "b 3f\n"
                         "2:\n\t" TT_SCALE_R0 TT_ROUND_AND_SHIFT_R0
                         "cmp r0, #127\n\t"
                         "ble 3f\n\t"
                         "movs r0, #127\n"
                         "3:\n\t" TT_STORE_R0
                         : "+r"(output), "+r"(sum), "+r"(parameter)
                         : [rounding] "m"(rounding), [end] "m"(end)
                         : "cc", "memory", "r0", "r1", "r2", "r3", "r4", "r8", "r9", "r10");
}

/* r11 holds what TT_SCALE_R0 adds too much, r12 and lr the limits. */
TT_KERNEL void tt_block_outputs_of_any(const tt_outputs *o, const int32_t *sums, const int32_t *parameters, int n,
                                       int8_t *out)
{
    register int8_t *output __asm__("r5") = out;
    register const int32_t *sum __asm__("r6") = sums;
    register const int32_t *parameter __asm__("r7") = parameters;
    const int8_t *end = out + n;
    const int32_t rounding = 2 * o->zero_point + 1;
    const int32_t min = o->activation_min;
    const int32_t max = o->activation_max;
    const int32_t half = INT32_C(0x40004000);
    __asm__ __volatile__(".syntax unified\n\t"
                         "ldr r0, [r7, #32]\n\t"
                         "mov r8, r0\n\t"
                         "ldr r0, %[rounding]\n\t"
                         "mov r9, r0\n\t"
                         "ldr r0, %[half]\n\t"
                         "mov r10, r0\n\t"
                         "movs r0, #1\n\t"
                         "lsls r0, r0, #15\n\t"
                         "rsbs r0, r0, #0\n\t"
                         "mov r11, r0\n\t"
                         "ldr r0, %[min]\n\t"
                         "mov r12, r0\n\t"
                         "ldr r0, %[max]\n\t"
                         "mov lr, r0\n"
                         "1:\n\t" TT_NEXT_ACCUMULATOR TT_SCALE_R0
                         "add r0, r11\n\t"
                         "asrs r3, r0, #31\n\t"
                         "adds r0, r0, r3\n\t" TT_ROUND_AND_SHIFT_R0
                         "cmp r0, r12\n\t"
                         "bge 2f\n\t"
                         "mov r0, r12\n"
                         "2:\n\t"
                         "cmp r0, lr\n\t"
                         "ble 3f\n\t"
                         "mov r0, lr\n"
                         "3:\n\t" TT_STORE_R0
                         : "+r"(output), "+r"(sum), "+r"(parameter)
                         : [rounding] "m"(rounding), [end] "m"(end), [min] "m"(min), [max] "m"(max), [half] "m"(half)
                         : "cc", "memory", "r0", "r1", "r2", "r3", "r4", "r8", "r9", "r10", "r11", "r12", "lr");
}

TT_KERNEL void tt_block_outputs(const tt_outputs *o, const int32_t *sums, const int32_t *parameters, int n,
                                int8_t *out, int relu)
{
    if (relu) {
        tt_block_outputs_of_relu(o, sums, parameters, n, out);
    } else {
        tt_block_outputs_of_any(o, sums, parameters, n, out);
    }
}

#define TT_HAS_BLOCKS 1
/*
 * A patch has three words for two taps, which see x_1a and x_2a at position a, x_1b and x_2b at b:
 *
 *     X_1 = x_1a + 2^16 * x_1b,   X_2 = x_2a + 2^16 * x_2b,   D = 2^15 - 2^7 * (X_1 + X_2),   all modulo 2^32.
 *
 * So one multiplication by a weight gives the products at both positions. Of weights + 128, as they are stored,
 *
 *     P = (w_1 + 128) * X_1 + (w_2 + 128) * X_2 + D
 *
 * has the sum w_1 * x_1b + w_2 * x_2b in its upper half, and in the lower one 2^15 + w_1 * x_1a + w_2 * x_2a, which is
 * neither negative nor 2^16 or more if |w_1| + |w_2| <= 255; the exporter sees to it. Of all pairs of taps, T sums P and
 * B the upper half of P: then the sum at b is B, and that at a is T - 2^16 * B - 2^15 a pair.
 */
#define TT_PATCH_BYTES 12
/* 16 instructions for two taps; r3 counts taps, r4 to r6 become X_1, X_2 and D. */
TT_SHARED int8_t *tt_pack_2(int8_t *patch, const int8_t *a, const int8_t *b, int taps_2)
{
    register int8_t *words __asm__("r0") = patch;
    register const int8_t *taps_a __asm__("r1") = a;
    register const int8_t *taps_b __asm__("r2") = b;
    register int end __asm__("r3") = 2 * taps_2;
    __asm__ __volatile__(".syntax unified\n\t"
                         "mov r12, r3\n\t"
                         "movs r3, #0\n\t"
                         "movs r7, #1\n\t"
                         "lsls r7, r7, #15\n\t"
                         "b 2f\n"
                         "1:\n\t"
                         "ldrsb r4, [r1, r3]\n\t"
                         "ldrsb r5, [r2, r3]\n\t"
                         "lsls r5, r5, #16\n\t"
                         "adds r4, r4, r5\n\t"
                         "adds r3, #1\n\t"
                         "ldrsb r5, [r1, r3]\n\t"
                         "ldrsb r6, [r2, r3]\n\t"
                         "lsls r6, r6, #16\n\t"
                         "adds r5, r5, r6\n\t"
                         "adds r3, #1\n\t"
                         "adds r6, r4, r5\n\t"
                         "lsls r6, r6, #7\n\t"
                         "subs r6, r7, r6\n\t"
                         "stmia r0!, {r4, r5, r6}\n"
                         "2:\n\t"
                         "cmp r3, r12\n\t"
                         "bne 1b"
                         : "+r"(words), "+r"(taps_a), "+r"(taps_b), "+r"(end)
                         :
                         : "cc", "memory", "r4", "r5", "r6", "r7", "r12");
    return words;
}

/* One channel: 9 instructions for two taps at two positions. r1 points to weights, r2 to r4 hold X_1, X_2 and D. */
#define TT_BLOCK_CHANNEL(t, b, first, second)                                                                         \
    "ldrb r5, [r1, #" first "]\n\t"                                                                                   \
    "muls r5, r2, r5\n\t"                                                                                             \
    "ldrb r6, [r1, #" second "]\n\t"                                                                                  \
    "muls r6, r3, r6\n\t"                                                                                             \
    "adds r5, r5, r6\n\t"                                                                                             \
    "adds r5, r5, r4\n\t"                                                                                             \
    "add " t ", r5\n\t"                                                                                               \
    "asrs r5, r5, #16\n\t"                                                                                            \
    "add " b ", r5\n\t"
#define TT_BLOCK_TAPS(first_1, second_1, first_2, second_2)                                                           \
    "ldmia r0!, {r2, r3, r4}\n\t" TT_BLOCK_CHANNEL("r8", "r9", first_1, second_1)                                     \
        TT_BLOCK_CHANNEL("r10", "r11", first_2, second_2)

/* From r8 to r11 the sums of channels c and c + 1 at both positions; r6 is left to point to them. */
#define TT_BLOCK_SUMS(a_1, b_1, a_2, b_2)                                                                             \
    "ldr r6, %[sums]\n\t"                                                                                             \
    "mov r2, r9\n\t"                                                                                                  \
    "lsls r3, r2, #16\n\t"                                                                                            \
    "mov r4, r8\n\t"                                                                                                  \
    "subs r4, r4, r3\n\t"                                                                                             \
    "str r4, [r6, #" a_1 "]\n\t"                                                                                      \
    "str r2, [r6, #" b_1 "]\n\t"                                                                                      \
    "mov r2, r11\n\t"                                                                                                 \
    "lsls r3, r2, #16\n\t"                                                                                            \
    "mov r4, r10\n\t"                                                                                                 \
    "subs r4, r4, r3\n\t"                                                                                             \
    "str r4, [r6, #" a_2 "]\n\t"                                                                                      \
    "str r2, [r6, #" b_2 "]\n\t"
/* Two channels, for whose sums there are registers; r0 points to the patch, r12 behind its last whole eight taps. */
#define TT_BLOCK_TWO_CHANNELS                                                                                         \
    "ldr r2, %[start]\n\t"                                                                                            \
    "movs r3, #0\n\t"                                                                                                 \
    "mov r8, r2\n\t"                                                                                                  \
    "mov r9, r3\n\t"                                                                                                  \
    "mov r10, r2\n\t"                                                                                                 \
    "mov r11, r3\n\t"                                                                                                 \
    "b 2f\n"                                                                                                          \
    "1:\n\t" TT_BLOCK_TAPS("0", "4", "1", "5") TT_BLOCK_TAPS("8", "12", "9", "13")                                    \
        TT_BLOCK_TAPS("16", "20", "17", "21") TT_BLOCK_TAPS("24", "28", "25", "29")                                   \
    "adds r1, #32\n"                                                                                                  \
    "2:\n\t"                                                                                                          \
    "cmp r0, r12\n\t"                                                                                                 \
    "bne 1b\n\t"                                                                                                      \
    "b 4f\n"                                                                                                          \
    "3:\n\t" TT_BLOCK_TAPS("0", "4", "1", "5")                                                                        \
    "adds r1, #8\n"                                                                                                   \
    "4:\n\t"                                                                                                          \
    "cmp r0, lr\n\t"                                                                                                  \
    "bne 3b\n\t"

TT_KERNEL void tt_block_4x2(tt_sums *s, const int8_t *patch, int taps_2, const int8_t *weights)
{
    const int32_t start = -(taps_2 << 15);
    for (int c = 0; c < 4; c += 2) {
        register const int8_t *x __asm__("r0") = patch;
        register const int8_t *w __asm__("r1") = weights + c;
        register const int8_t *end_of_8 __asm__("r2") = patch + 12 * (taps_2 & ~3);
        register const int8_t *end __asm__("r3") = patch + 12 * taps_2;
        int32_t *sums = &s->a[c];
        __asm__ __volatile__(".syntax unified\n\t"
                             "mov r12, r2\n\t"
                             "mov lr, r3\n" TT_BLOCK_TWO_CHANNELS TT_BLOCK_SUMS("0", "16", "4", "20")
                             : "+r"(x), "+r"(w), "+r"(end_of_8), "+r"(end)
                             : [sums] "m"(sums), [start] "m"(start)
                             : "cc", "memory", "r4", "r5", "r6", "r8", "r9", "r10", "r11", "r12", "lr");
    }
}

/* One tap of four channels at one position, 13 instructions: r0 points to taps, r1 to weights. */
#define TT_BLOCK_WEIGHT(sum, at)                                                                                      \
    "ldrb r3, [r1, #" at "]\n\t"                                                                                      \
    "muls r3, r2, r3\n\t"                                                                                             \
    "add " sum ", r3\n\t"
#define TT_BLOCK_TAP(x, w_0, w_1, w_2, w_3)                                                                           \
    "ldrsb r2, [r0, " x "]\n\t" TT_BLOCK_WEIGHT("r8", w_0) TT_BLOCK_WEIGHT("r9", w_1) TT_BLOCK_WEIGHT("r10", w_2)     \
        TT_BLOCK_WEIGHT("r11", w_3)

/* r4 to r7 hold 0 to 3. */
TT_KERNEL void tt_block_4x1(int32_t *sums, const int8_t *x, int n, const int8_t *weights, int32_t start)
{
    register const int8_t *taps __asm__("r0") = x;
    register const int8_t *w __asm__("r1") = weights;
    register const int8_t *end_of_8 __asm__("r2") = x + (n & ~7); /* of the last eight taps that are whole */
    register const int8_t *end __asm__("r3") = x + n;
    register int32_t sum_2 __asm__("r4") = start;
    register int32_t sum_3 __asm__("r5");
    __asm__(".syntax unified\n\t"
            "mov r12, %[end_of_8]\n\t"
            "mov lr, %[end]\n\t"
            "mov r8, r4\n\t"
            "mov r9, r4\n\t"
            "mov r10, r4\n\t"
            "mov r11, r4\n\t"
            "movs r4, #0\n\t"
            "movs r5, #1\n\t"
            "movs r6, #2\n\t"
            "movs r7, #3\n\t"
            "b 2f\n"
            "1:\n\t" TT_BLOCK_TAP("r4", "0", "1", "2", "3") TT_BLOCK_TAP("r5", "4", "5", "6", "7")
                TT_BLOCK_TAP("r6", "8", "9", "10", "11") TT_BLOCK_TAP("r7", "12", "13", "14", "15")
            "adds r0, #4\n\t" TT_BLOCK_TAP("r4", "16", "17", "18", "19") TT_BLOCK_TAP("r5", "20", "21", "22", "23")
                TT_BLOCK_TAP("r6", "24", "25", "26", "27") TT_BLOCK_TAP("r7", "28", "29", "30", "31")
            "adds r0, #4\n\t"
            "adds r1, #32\n"
            "2:\n\t"
            "cmp r0, r12\n\t"
            "bne 1b\n\t"
            "b 4f\n"
            "3:\n\t" TT_BLOCK_TAP("r4", "0", "1", "2", "3")
            "adds r0, #1\n\t"
            "adds r1, #4\n"
            "4:\n\t"
            "cmp r0, lr\n\t"
            "bne 3b\n\t"
            "mov r2, r8\n\t"
            "mov r3, r9\n\t"
            "mov r4, r10\n\t"
            "mov r5, r11"
            : "+r"(taps), "+r"(w), [end_of_8] "+r"(end_of_8), [end] "+r"(end), "+r"(sum_2), "=r"(sum_3)
            :
            : "cc", "memory", "r6", "r7", "r8", "r9", "r10", "r11", "r12", "lr");
    sums[0] = (int32_t)(uintptr_t)end_of_8;
    sums[1] = (int32_t)(uintptr_t)end;
    sums[2] = sum_2;
    sums[3] = sum_3;
}

/* One tap of eight channels at one position, 25 instructions. */
#define TT_ROWS_TAP(x, w_0, w_1, w_2, w_3, w_4, w_5, w_6, w_7)                                                        \
    TT_BLOCK_TAP(x, w_0, w_1, w_2, w_3)                                                                               \
    TT_BLOCK_WEIGHT("r12", w_4) TT_BLOCK_WEIGHT("lr", w_5) TT_BLOCK_WEIGHT("r6", w_6) TT_BLOCK_WEIGHT("r7", w_7)
#define TT_ROWS_FOUR_TAPS                                                                                             \
    TT_ROWS_TAP("r4", "0", "1", "2", "3", "4", "5", "6", "7")                                                         \
    TT_ROWS_TAP("r5", "8", "9", "10", "11", "12", "13", "14", "15")                                                   \
    "adds r0, #2\n\t" TT_ROWS_TAP("r4", "16", "17", "18", "19", "20", "21", "22", "23")                               \
        TT_ROWS_TAP("r5", "24", "25", "26", "27", "28", "29", "30", "31")                                             \
    "adds r0, #2\n\t"                                                                                                 \
    "adds r1, #32\n\t"

/* r4 and r5 hold 0 and 1, all others but r0 to r3 the sums. */
TT_KERNEL void tt_rows_8(int32_t *sums, const int32_t *bias, int32_t start, const int8_t *x, int n,
                         const int8_t *weights)
{
    register const int8_t *taps __asm__("r0") = x;
    register const int8_t *w __asm__("r1") = weights;
    register const int32_t *from __asm__("r2") = bias;
    register int32_t add __asm__("r3") = start;
    const int8_t *end_of_8 = x + (n & ~7); /* of the last eight taps that are whole */
    const int8_t *end = x + n;
    int32_t *to = sums;
    __asm__ __volatile__(".syntax unified\n\t"
                         "ldmia r2!, {r4, r5, r6, r7}\n\t"
                         "adds r4, r4, r3\n\t"
                         "adds r5, r5, r3\n\t"
                         "adds r6, r6, r3\n\t"
                         "adds r7, r7, r3\n\t"
                         "mov r8, r4\n\t"
                         "mov r9, r5\n\t"
                         "mov r10, r6\n\t"
                         "mov r11, r7\n\t"
                         "ldmia r2!, {r4, r5, r6, r7}\n\t"
                         "adds r4, r4, r3\n\t"
                         "adds r5, r5, r3\n\t"
                         "adds r6, r6, r3\n\t"
                         "adds r7, r7, r3\n\t"
                         "mov r12, r4\n\t"
                         "mov lr, r5\n\t"
                         "movs r4, #0\n\t"
                         "movs r5, #1\n\t"
                         "b 2f\n"
                         "1:\n\t" TT_ROWS_FOUR_TAPS TT_ROWS_FOUR_TAPS "\n"
                         "2:\n\t"
                         "ldr r2, %[end_of_8]\n\t"
                         "cmp r0, r2\n\t"
                         "beq 4f\n\t"
                         "b 1b\n"
                         "3:\n\t" TT_ROWS_TAP("r4", "0", "1", "2", "3", "4", "5", "6", "7")
                         "adds r0, #1\n\t"
                         "adds r1, #8\n"
                         "4:\n\t"
                         "ldr r2, %[end]\n\t"
                         "cmp r0, r2\n\t"
                         "bne 3b\n\t"
                         "ldr r2, %[to]\n\t"
                         "mov r0, r8\n\t"
                         "mov r1, r9\n\t"
                         "mov r3, r10\n\t"
                         "mov r4, r11\n\t"
                         "stmia r2!, {r0, r1, r3, r4}\n\t"
                         "mov r0, r12\n\t"
                         "mov r1, lr\n\t"
                         "stmia r2!, {r0, r1, r6, r7}"
                         : "+r"(taps), "+r"(w), "+r"(from), "+r"(add)
                         : [end_of_8] "m"(end_of_8), [end] "m"(end), [to] "m"(to)
                         : "cc", "memory", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12", "lr");
}

TT_KERNEL int32_t tt_block_start(const int8_t *x, int n)
{
    int32_t sum = 0;
    for (; n > 0; n--) {
        sum += *x++;
    }
    return -128 * sum;
}
#endif

#endif
