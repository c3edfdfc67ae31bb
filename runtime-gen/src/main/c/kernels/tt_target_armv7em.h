/*
 * Armv7E-M with the DSP extension (Cortex-M4, M7, M33): two products of 16 bits at a time.
 */
#ifndef TT_TARGET_ARMV7EM_H
#define TT_TARGET_ARMV7EM_H

#include <arm_acle.h>
#include <string.h>

#include "tt_half_product_dsp.h"

#define TT_HAS_PAIRS 1
TT_KERNEL uint32_t tt_load_s8x4(const int8_t *address)
{
    uint32_t word; /* one load, because Armv7E-M loads unaligned words */
    memcpy(&word, address, sizeof word);
    return word;
}

TT_KERNEL uint32_t tt_even_s8x4(uint32_t word)
{
    return (uint32_t)__sxtb16((int8x4_t)word);
}

TT_KERNEL uint32_t tt_odd_s8x4(uint32_t word)
{
    uint32_t odd; /* the instruction rotates before it widens, but has no intrinsic for that */
    __asm__("sxtb16 %0, %1, ror #8" : "=r"(odd) : "r"(word));
    return odd;
}

TT_KERNEL int32_t tt_dot_s16x2(int32_t acc, uint32_t x, uint32_t y)
{
    return __smlad((int16x2_t)x, (int16x2_t)y, acc);
}

TT_KERNEL int32_t tt_low_times_low(int32_t acc, uint32_t x, uint32_t y)
{
    return __smlabb((int32_t)x, (int32_t)y, acc);
}

TT_KERNEL int32_t tt_high_times_high(int32_t acc, uint32_t x, uint32_t y)
{
    return __smlatt((int32_t)x, (int32_t)y, acc);
}

TT_KERNEL int32_t tt_high_multiply_add(int32_t acc, int32_t a, int32_t b)
{
    int32_t sum; /* gcc knows the instruction, but does not find it in the portable expression */
    __asm__("smmlar %0, %1, %2, %3" : "=r"(sum) : "r"(a), "r"(b), "r"(acc));
    return sum;
}

#define TT_HAS_HIGH_MULTIPLY 1
/*
 * 2 * b does not fit a signed word where b is 2^30 or more: taken as one it is 2^32 less, and a times 2^32 is what the
 * instruction adds.
 */
TT_KERNEL int32_t tt_rounding_doubling_high_multiply(int32_t a, int32_t b)
{
    const int32_t twice = (int32_t)((uint32_t)b << 1);
    return tt_high_multiply_add(twice < 0 ? a : 0, a, twice);
}

TT_KERNEL int32_t tt_halve_to_s8(int32_t x)
{
    int32_t saturated;
    __asm__("ssat %0, #8, %1, asr #1" : "=r"(saturated) : "r"(x));
    return saturated;
}

TT_KERNEL uint32_t tt_low_halves(uint32_t x, uint32_t y)
{
    uint32_t pair;
    __asm__("pkhbt %0, %1, %2, lsl #16" : "=r"(pair) : "r"(x), "r"(y));
    return pair;
}

TT_KERNEL uint32_t tt_high_halves(uint32_t x, uint32_t y)
{
    uint32_t pair;
    __asm__("pkhtb %0, %1, %2, asr #16" : "=r"(pair) : "r"(y), "r"(x));
    return pair;
}

#define TT_HAS_OCTETS 1
/* Eight int16, of four bytes in a row numbers 0 and 2, then 1 and 3. */
typedef struct {
    uint32_t pair[4];
} tt_octet;

TT_KERNEL tt_octet tt_octet_of(int value)
{
    const uint32_t pair = (uint32_t)value << 16 | (uint16_t)value;
    const tt_octet x = {{pair, pair, pair, pair}};
    return x;
}

/* x + the eight bytes there. */
TT_KERNEL tt_octet tt_octet_add_s8(tt_octet x, const int8_t *address)
{
    for (int i = 0; i < 4; i += 2) {
        const uint32_t word = tt_load_s8x4(address + 2 * i);
        x.pair[i] = (uint32_t)__sxtab16((int16x2_t)x.pair[i], (int8x4_t)word);
        __asm__("sxtab16 %0, %0, %1, ror #8" : "+r"(x.pair[i + 1]) : "r"(word));
    }
    return x;
}

TT_KERNEL void tt_octet_to_s16(int16_t *to, tt_octet x)
{
    for (int i = 0; i < 8; i++) {
        const uint32_t pair = x.pair[i / 4 * 2 + i % 2];
        to[i] = (int16_t)(uint16_t)(i % 4 < 2 ? pair : pair >> 16);
    }
}

#if TT_ASSEMBLER
/*
 * Groups of channels, see tt_pairs.h. The sums and what a dot product takes are all registers, so the state stays in
 * memory. Taps are written out, for as many as a round has; of the first round what is too much is skipped by a jump,
 * for which every instruction of a tap has 4 bytes.
 */

/* A pair of taps at two positions, 12 instructions for 16 products. */
#define TT_GROUP_PAIR                                                                                                 \
    "ldrd r10, r11, [r8], #8\n\t"                                                                                     \
    "ldrd r12, lr, [r9], #8\n\t"                                                                                      \
    "smlad r1, r10, r12, r1\n\t"                                                                                      \
    "smlad r5, r11, r12, r5\n\t"                                                                                      \
    "sxtb16 r12, r12\n\t"                                                                                             \
    "smlad r0, r10, r12, r0\n\t"                                                                                      \
    "smlad r4, r11, r12, r4\n\t"                                                                                      \
    "smlad r3, r10, lr, r3\n\t"                                                                                       \
    "smlad r7, r11, lr, r7\n\t"                                                                                       \
    "sxtb16 lr, lr\n\t"                                                                                               \
    "smlad r2, r10, lr, r2\n\t"                                                                                       \
    "smlad r6, r11, lr, r6\n\t"
#define TT_GROUP_EIGHT_TAPS_2 TT_GROUP_PAIR TT_GROUP_PAIR TT_GROUP_PAIR TT_GROUP_PAIR
#define TT_GROUP_ROUND_2 TT_GROUP_EIGHT_TAPS_2 TT_GROUP_EIGHT_TAPS_2 TT_GROUP_EIGHT_TAPS_2 TT_GROUP_EIGHT_TAPS_2
#define TT_BYTES_OF_FOUR_TAPS_2 (2 * 12 * 4)

/* Weights of four taps, and their products with the taps of one position; 13 instructions for 16 products. */
#define TT_GROUP_PRODUCTS(even, odd)                                                                                  \
    "ldmia lr!, {r8, r9, r10, r11}\n\t"                                                                               \
    "smlad r1, " even ", r8, r1\n\t"                                                                                  \
    "sxtb16 r8, r8\n\t"                                                                                               \
    "smlad r0, " even ", r8, r0\n\t"                                                                                  \
    "smlad r3, " even ", r9, r3\n\t"                                                                                  \
    "sxtb16 r9, r9\n\t"                                                                                               \
    "smlad r2, " even ", r9, r2\n\t"                                                                                  \
    "smlad r1, " odd ", r10, r1\n\t"                                                                                  \
    "sxtb16 r10, r10\n\t"                                                                                             \
    "smlad r0, " odd ", r10, r0\n\t"                                                                                  \
    "smlad r3, " odd ", r11, r3\n\t"                                                                                  \
    "sxtb16 r11, r11\n\t"                                                                                             \
    "smlad r2, " odd ", r11, r2\n\t"
#define TT_GROUP_EIGHT_TAPS_1                                                                                         \
    "ldmia r12!, {r4, r5, r6, r7}\n\t" TT_GROUP_PRODUCTS("r4", "r5") TT_GROUP_PRODUCTS("r6", "r7")
/* Four taps that are left over come first. */
#define TT_GROUP_FIRST_TAPS                                                                                           \
    "ldr r4, %[odd]\n\t"                                                                                              \
    "cbz r4, 2f\n\t"                                                                                                  \
    "ldmia r12!, {r4, r5}\n\t" TT_GROUP_PRODUCTS("r4", "r5") "\n"                                                     \
    "2:\n\t"
#define TT_GROUP_ROUND_1 TT_GROUP_EIGHT_TAPS_1 TT_GROUP_EIGHT_TAPS_1 TT_GROUP_EIGHT_TAPS_1 TT_GROUP_EIGHT_TAPS_1
#define TT_BYTES_OF_EIGHT_TAPS_1 ((1 + 2 * 13) * 4)

/*
 * Outputs, in place of the sums: r11 is the multiplier of a first channel, r12 of a second, lr the rounding, r9 the
 * shift. Unless a ReLU follows, a register is needed for the rounding of a sum below 0, see tt_output_of_twice; it is
 * that of the other multiplier.
 */
#define TT_GROUP_RELU_LOAD_FIRST(skip) "ldrd r11, r12, [r8], #8+" skip "\n\t"
#define TT_GROUP_RELU_LOAD_SECOND(skip) ""
#define TT_GROUP_RELU_FIRST(sum) "smmlar " sum ", " sum ", r11, lr\n\t"
#define TT_GROUP_RELU_SECOND(sum) "smmlar " sum ", " sum ", r12, lr\n\t"
#define TT_GROUP_ANY_LOAD_FIRST(skip) "ldr r11, [r8], #4\n\t"
#define TT_GROUP_ANY_LOAD_SECOND(skip) "ldr r12, [r8], #4+" skip "\n\t"
#define TT_GROUP_ANY_FIRST(sum) "add r12, lr, " sum ", asr #31\n\tsmmlar " sum ", " sum ", r11, r12\n\t"
#define TT_GROUP_ANY_SECOND(sum) "add r11, lr, " sum ", asr #31\n\tsmmlar " sum ", " sum ", r12, r11\n\t"
#define TT_SATURATE(sum) "asr " sum ", " sum ", r9\n\tssat " sum ", #8, " sum ", asr #1\n\t"
#define TT_OUTPUT_OF_FIRST(kind, sum) "lsl " sum ", " sum ", #1\n\t" TT_GROUP_##kind##_FIRST(sum) TT_SATURATE(sum)
/* From 256 times the sum. */
#define TT_OUTPUT_OF_SECOND(kind, sum) "asr " sum ", " sum ", #7\n\t" TT_GROUP_##kind##_SECOND(sum) TT_SATURATE(sum)
/* Of a first and a second channel at a, or at a and b; only the last byte of r9 counts in a shift. */
#define TT_TWO_OUTPUTS(kind, first, second, skip)                                                                     \
    TT_GROUP_##kind##_LOAD_FIRST(skip)                                                                                \
    "sub " second ", " second ", " first "\n\t"                                                                       \
    "lsl lr, r10, r9\n\t" TT_OUTPUT_OF_FIRST(kind, first)                                                             \
    "lsr r9, r9, #8\n\t"                                                                                              \
    "lsl lr, r10, r9\n\t" TT_GROUP_##kind##_LOAD_SECOND(skip) TT_OUTPUT_OF_SECOND(kind, second)
#define TT_FOUR_OUTPUTS(kind, first_a, second_a, first_b, second_b, skip)                                             \
    TT_GROUP_##kind##_LOAD_FIRST(skip)                                                                                \
    "sub " second_a ", " second_a ", " first_a "\n\t"                                                                 \
    "sub " second_b ", " second_b ", " first_b "\n\t"                                                                 \
    "lsl lr, r10, r9\n\t" TT_OUTPUT_OF_FIRST(kind, first_a) TT_OUTPUT_OF_FIRST(kind, first_b)                         \
    "lsr r9, r9, #8\n\t"                                                                                              \
    "lsl lr, r10, r9\n\t" TT_GROUP_##kind##_LOAD_SECOND(skip) TT_OUTPUT_OF_SECOND(kind, second_a)                     \
    TT_OUTPUT_OF_SECOND(kind, second_b)

#define TT_GROUP_CLOBBERS                                                                                             \
    "cc", "memory", "r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12", "lr"
#define TT_GROUP_OPERANDS(g)                                                                                          \
    [weights] "+m"(g->weights), [parameters] "+m"(g->parameters), [output] "+m"(g->output)                            \
        : [patch] "m"(g->patch), [end] "m"(g->end), [odd] "m"(g->odd), [skip] "m"(g->skip),                           \
          [zero_point] "m"(g->zero_point), [end_of_parameters] "m"(g->end_of_parameters)                              \
        : TT_GROUP_CLOBBERS

#define TT_HAS_GROUPS 1
/*
 * At two positions, at least one group: r0 to r3 and r4 to r7 hold the sums at a and b. 69 instructions beside the
 * products make a group, 79 without a ReLU, and 3 more a round of 32 taps.
 */
#define TT_GROUPS_2(g, kind)                                                                                          \
    __asm__ __volatile__("ldr r8, %[parameters]\n"                                                                    \
                         "1:\n\t"                                                                                     \
                         "ldmia r8, {r0, r1, r2, r3}\n\t"                                                             \
                         "ldmia r8!, {r4, r5, r6, r7}\n\t"                                                            \
                         "str r8, %[parameters]\n\t"                                                                  \
                         "ldr r8, %[patch]\n\t"                                                                       \
                         "ldr r9, %[weights]\n\t"                                                                     \
                         "ldr r12, %[skip]\n\t"                                                                       \
                         "add pc, r12\n\t" /* to 2, if there is nothing to skip */                                    \
                         "nop\n"                                                                                      \
                         "2:\n\t" TT_GROUP_ROUND_2                                                                    \
                         "ldr r12, %[end]\n\t"                                                                        \
                         "cmp r8, r12\n\t"                                                                            \
                         "bne 2b\n\t"                                                                                 \
                         "str r9, %[weights]\n\t"                                                                     \
                         "ldr r8, %[parameters]\n\t"                                                                  \
                         "ldr r9, [r8, #16]\n\t"                                                                      \
                         "ldr r10, %[zero_point]\n\t"                                                                 \
                         TT_FOUR_OUTPUTS(kind, "r0", "r1", "r4", "r5", "0")                                           \
                         "lsr r9, r9, #8\n\t" TT_FOUR_OUTPUTS(kind, "r2", "r3", "r6", "r7", "4")                      \
                         "ldrd r11, r12, %[output]\n\t"                                                               \
                         "strb r1, [r11, #1]\n\t"                                                                     \
                         "strb r2, [r11, #2]\n\t"                                                                     \
                         "strb r3, [r11, #3]\n\t"                                                                     \
                         "strb r0, [r11], #4\n\t"                                                                     \
                         "strb r5, [r12, #1]\n\t"                                                                     \
                         "strb r6, [r12, #2]\n\t"                                                                     \
                         "strb r7, [r12, #3]\n\t"                                                                     \
                         "strb r4, [r12], #4\n\t"                                                                     \
                         "strd r11, r12, %[output]\n\t"                                                               \
                         "ldr r9, %[end_of_parameters]\n\t"                                                           \
                         "cmp r8, r9\n\t"                                                                             \
                         "bne 1b\n\t"                                                                                 \
                         "str r8, %[parameters]"                                                                      \
                         : TT_GROUP_OPERANDS(g))
/* At position a alone; of four taps the patch has two words: the first pair, the second. */
#define TT_GROUPS_1(g, kind)                                                                                          \
    __asm__ __volatile__("ldr r8, %[parameters]\n"                                                                    \
                         "1:\n\t"                                                                                     \
                         "ldmia r8!, {r0, r1, r2, r3}\n\t"                                                            \
                         "str r8, %[parameters]\n\t"                                                                  \
                         "ldr r12, %[patch]\n\t"                                                                      \
                         "ldr lr, %[weights]\n\t"                                                                     \
                         TT_GROUP_FIRST_TAPS                                                                          \
                         "ldr r4, %[skip]\n\t"                                                                        \
                         "add pc, r4\n\t" /* to 3, if there is nothing to skip */                                     \
                         "nop\n"                                                                                      \
                         "3:\n\t" TT_GROUP_ROUND_1                                                                    \
                         "ldr r8, %[end]\n\t"                                                                         \
                         "cmp r12, r8\n\t"                                                                            \
                         "bne 3b\n\t"                                                                                 \
                         "str lr, %[weights]\n\t"                                                                     \
                         "ldr r8, %[parameters]\n\t"                                                                  \
                         "ldr r9, [r8, #16]\n\t"                                                                      \
                         "ldr r10, %[zero_point]\n\t"                                                                 \
                         TT_TWO_OUTPUTS(kind, "r0", "r1", "0")                                                        \
                         "lsr r9, r9, #8\n\t" TT_TWO_OUTPUTS(kind, "r2", "r3", "4")                                   \
                         "ldr r11, %[output]\n\t"                                                                     \
                         "strb r1, [r11, #1]\n\t"                                                                     \
                         "strb r2, [r11, #2]\n\t"                                                                     \
                         "strb r3, [r11, #3]\n\t"                                                                     \
                         "strb r0, [r11], #4\n\t"                                                                     \
                         "str r11, %[output]\n\t"                                                                     \
                         "ldr r9, %[end_of_parameters]\n\t"                                                           \
                         "cmp r8, r9\n\t"                                                                             \
                         "bne 1b\n\t"                                                                                 \
                         "str r8, %[parameters]"                                                                      \
                         : TT_GROUP_OPERANDS(g))

TT_KERNEL void tt_groups_2(tt_groups *g, int relu)
{
    if (relu) {
        TT_GROUPS_2(g, RELU);
    } else {
        TT_GROUPS_2(g, ANY);
    }
}

TT_KERNEL void tt_groups_1(tt_groups *g, int relu)
{
    if (relu) {
        TT_GROUPS_1(g, RELU);
    } else {
        TT_GROUPS_1(g, ANY);
    }
}

/* What the first of the rounds skips, in bytes of code; at one position it may be a whole round. */
TT_KERNEL int tt_groups_skip(int taps_4, int positions)
{
    if (positions == 2) {
        return (-taps_4 & 7) * TT_BYTES_OF_FOUR_TAPS_2;
    }
    return (taps_4 < 2 ? 4 : -(taps_4 / 2) & 3) * TT_BYTES_OF_EIGHT_TAPS_1;
}

#define TT_HAS_ROWS 1
/* r4 is the multiplier, r5 the shift, r6 the rounding. */
#define TT_ROW_OUTPUT(sum, scale, bits)                                                                               \
    scale " " sum ", " sum ", " bits "\n\t"                                                                           \
    "add r7, r6, " sum ", asr #31\n\t"                                                                                \
    "smmlar " sum ", " sum ", r4, r7\n\t"                                                                             \
    "asr " sum ", " sum ", r5\n\t"                                                                                    \
    "ssat " sum ", #8, " sum ", asr #1\n\t"
/* Four taps that are bytes, 16 instructions for 16 products. */
#define TT_ROW_FOUR_TAPS                                                                                              \
    "ldr r5, [r12], #4\n\t"                                                                                           \
    "sxtb16 r4, r5\n\t"                                                                                               \
    "sxtb16 r5, r5, ror #8\n\t" TT_GROUP_PRODUCTS("r4", "r5")
#define TT_ROW_EIGHT_TAPS TT_ROW_FOUR_TAPS TT_ROW_FOUR_TAPS
#define TT_ROW_ROUND TT_ROW_EIGHT_TAPS TT_ROW_EIGHT_TAPS TT_ROW_EIGHT_TAPS TT_ROW_EIGHT_TAPS
#define TT_BYTES_OF_FOUR_TAPS_OF_ROWS (16 * 4)
/* Groups of rows, at least one, that have one multiplier: beside the products 42 instructions, and 3 more a round. */
#define TT_ROWS(g, first_taps, round)                                                                                 \
    __asm__ __volatile__("ldr lr, %[weights]\n"                                                                       \
                         "1:\n\t"                                                                                     \
                         "ldr r8, %[bias]\n\t"                                                                        \
                         "ldmia r8!, {r0, r1, r2, r3}\n\t"                                                            \
                         "str r8, %[bias]\n\t"                                                                        \
                         "ldr r12, %[x]\n\t"                                                                          \
                         first_taps                                                                                   \
                         "ldr r4, %[skip]\n\t"                                                                        \
                         "add pc, r4\n\t" /* to 3, if there is nothing to skip */                                     \
                         "nop\n"                                                                                      \
                         "3:\n\t" round                                                                               \
                         "ldr r8, %[end]\n\t"                                                                         \
                         "cmp r12, r8\n\t"                                                                            \
                         "bne 3b\n\t"                                                                                 \
                         "ldrd r4, r5, %[rescale]\n\t"                                                                \
                         "ldr r6, %[rounding]\n\t"                                                                    \
                         "sub r1, r1, r0\n\t"                                                                         \
                         "sub r3, r3, r2\n\t"                                                                         \
                         TT_ROW_OUTPUT("r0", "lsl", "#1") TT_ROW_OUTPUT("r1", "asr", "#7")                            \
                         TT_ROW_OUTPUT("r2", "lsl", "#1") TT_ROW_OUTPUT("r3", "asr", "#7")                            \
                         "ldr r8, %[output]\n\t"                                                                      \
                         "strb r1, [r8, #1]\n\t"                                                                      \
                         "strb r2, [r8, #2]\n\t"                                                                      \
                         "strb r3, [r8, #3]\n\t"                                                                      \
                         "strb r0, [r8], #4\n\t"                                                                      \
                         "str r8, %[output]\n\t"                                                                      \
                         "ldr r8, %[bias]\n\t"                                                                        \
                         "ldr r9, %[end_of_bias]\n\t"                                                                 \
                         "cmp r8, r9\n\t"                                                                             \
                         "bne 1b"                                                                                     \
                         : [bias] "+m"(g->bias), [output] "+m"(g->output)                                             \
                         : [x] "m"(g->x), [end] "m"(g->end), [odd] "m"(g->odd), [skip] "m"(g->skip),                  \
                           [weights] "m"(g->weights), [end_of_bias] "m"(g->end_of_bias), [rescale] "m"(g->rescale),   \
                           [rounding] "m"(g->rescale.rounding)                                                        \
                         : TT_GROUP_CLOBBERS)

/* Of taps that are widened, or bytes, a multiple of four. */
TT_KERNEL void tt_groups_of_rows(tt_rows *g, int widened)
{
    if (widened) {
        TT_ROWS(g, TT_GROUP_FIRST_TAPS, TT_GROUP_ROUND_1);
    } else {
        TT_ROWS(g, "", TT_ROW_ROUND);
    }
}

TT_KERNEL int tt_rows_skip(int taps_4, int widened)
{
    return widened ? tt_groups_skip(taps_4, 1) : (-taps_4 & 7) * TT_BYTES_OF_FOUR_TAPS_OF_ROWS;
}

#define TT_HAS_WIDEN_2 1
/* Eight bytes of two positions, see tt_widen_2; 13 instructions. They need not be aligned, so that each word is a load. */
TT_KERNEL void tt_widen_2_of_8(tt_pair **patch, const int8_t **a, const int8_t **b)
{
    __asm__ __volatile__("ldr r4, [%[a]], #4\n\t"
                         "ldr r5, [%[b]], #4\n\t"
                         "ldr r8, [%[a]], #4\n\t"
                         "ldr r9, [%[b]], #4\n\t"
                         "sxtb16 r6, r4, ror #8\n\t"
                         "sxtb16 r7, r5, ror #8\n\t"
                         "sxtb16 r4, r4\n\t"
                         "sxtb16 r5, r5\n\t"
                         "sxtb16 r10, r8, ror #8\n\t"
                         "sxtb16 r11, r9, ror #8\n\t"
                         "sxtb16 r8, r8\n\t"
                         "sxtb16 r9, r9\n\t"
                         "stmia %[patch]!, {r4, r5, r6, r7, r8, r9, r10, r11}"
                         : [patch] "+&r"(*patch), [a] "+&r"(*a), [b] "+&r"(*b)
                         :
                         : "memory", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11");
}

#define TT_HAS_WIDEN_STRIPE 1
#define TT_WIDEN_COLUMN(odd)                                                                                          \
    "ldmia %[from]!, {r8, r9, r10}\n\t"                                                                               \
    "sxtb16 r8, r8" odd "\n\t"                                                                                        \
    "sxtb16 r9, r9" odd "\n\t"                                                                                        \
    "sxtb16 r10, r10" odd "\n\t"                                                                                      \
    "stmia %[to]!, {r8, r9, r10}\n\t"
#define TT_WIDEN_STRIPE(odd)                                                                                          \
    __asm__ __volatile__(TT_WIDEN_COLUMN(odd)                                                                         \
                         "smlad %[begin_0], %[left], r8, %[begin_0]\n\t"                                              \
                         "smlad %[begin_1], %[left], r9, %[begin_1]\n\t"                                              \
                         "smlabb %[begin_0], %[left], r10, %[begin_0]\n\t"                                            \
                         "smlatt %[begin_1], %[left], r10, %[begin_1]\n\t" TT_WIDEN_COLUMN(odd) TT_WIDEN_COLUMN(odd)  \
                         "smuad %[end_0], %[right], r8\n\t"                                                           \
                         "smuad %[end_1], %[right], r9\n\t"                                                           \
                         "smlabb %[end_0], %[right], r10, %[end_0]\n\t"                                               \
                         "smlatt %[end_1], %[right], r10, %[end_1]"                                                   \
                         : [to] "+&r"(to), [from] "+&r"(from), [begin_0] "+&r"(begin_0), [begin_1] "+&r"(begin_1),    \
                           [end_0] "=&r"(end_0), [end_1] "=&r"(end_1)                                                 \
                         : [left] "r"(left), [right] "r"(right)                                                       \
                         : "memory", "r8", "r9", "r10")
/* Widens the weights of a stripe, and takes account of columns of padding: of their zero points, as pairs, or 0. */
TT_KERNEL void tt_widen_stripe(tt_stripe *s, const int32_t *from, int odd, uint32_t left, uint32_t right)
{
    uint32_t *to = s->weights;
    int32_t begin_0 = s->bias[0];
    int32_t begin_1 = s->bias[1];
    int32_t end_0, end_1;
    if (odd) {
        TT_WIDEN_STRIPE(", ror #8");
    } else {
        TT_WIDEN_STRIPE("");
    }
    s->begin[0] = begin_0;
    s->begin[1] = begin_1;
    s->right[0] = end_0;
    s->right[1] = end_1;
}

/*
 * A column of a stripe: the six registers that are named hold its bytes, then pairs and weights; sums of three windows
 * of two channels, the stripe and x take the other eight.
 */
#define TT_COLUMN_BEGIN(odd)                                                                                          \
    "ldmia %[s]!, {r8, r9, r10}\n\t"                                                                                  \
    "ldr r8, [r8, %[x]]\n\t"                                                                                          \
    "ldr r9, [r9, %[x]]\n\t"                                                                                          \
    "ldr r10, [r10, %[x]]\n\t"                                                                                        \
    "sxtb16 r8, r8" odd "\n\t"                                                                                        \
    "sxtb16 r9, r9" odd "\n\t"                                                                                        \
    "sxtb16 r10, r10" odd "\n\t"                                                                                      \
    "pkhbt r11, r8, r9, lsl #16\n\t"                                                                                  \
    "pkhtb r9, r9, r8, asr #16\n\t"
#define TT_COLUMN_WINDOW(k)                                                                                           \
    "ldmia %[s]!, {r8, r12, lr}\n\t"                                                                                  \
    "smlad %[first_" k "], r11, r8, %[first_" k "]\n\t"                                                               \
    "smlad %[second_" k "], r9, r12, %[second_" k "]\n\t"                                                             \
    "smlabb %[first_" k "], r10, lr, %[first_" k "]\n\t"                                                              \
    "smlatt %[second_" k "], r10, lr, %[second_" k "]\n\t"
#define TT_COLUMN_REGISTERS "memory", "r8", "r9", "r10", "r11", "r12", "lr"

#define TT_HAS_COLUMNS 1
#define TT_COLUMN_OF_3(odd)                                                                                           \
    __asm__(TT_COLUMN_BEGIN(odd) TT_COLUMN_WINDOW("0") TT_COLUMN_WINDOW("1") TT_COLUMN_WINDOW("2")                    \
            "sub %[s], #48"                                                                                           \
            : [first_0] "+r"(*first_0), [first_1] "+r"(*first_1), [first_2] "+r"(*first_2),                           \
              [second_0] "+r"(*second_0), [second_1] "+r"(*second_1), [second_2] "+r"(*second_2), [s] "+r"(s)         \
            : [x] "r"(x)                                                                                              \
            : TT_COLUMN_REGISTERS)
TT_KERNEL void tt_column_of_3(const tt_stripe *s, int x, int odd, int32_t *first_2, int32_t *first_1, int32_t *first_0,
                              int32_t *second_2, int32_t *second_1, int32_t *second_0)
{
    if (odd) {
        TT_COLUMN_OF_3(", ror #8");
    } else {
        TT_COLUMN_OF_3("");
    }
}

/* The outputs of sums, in their place: of each channel three of the registers hold multiplier, shift and rounding. */
#define TT_COLUMN_OUTPUTS(first, second)                                                                              \
    "ldmia %[s]!, {r8, r9, r10, r11, r12, lr}\n\t"                                                                    \
    "lsl " first ", " first ", #1\n\t"                                                                                \
    "smmlar " first ", " first ", r8, r10\n\t"                                                                        \
    "asr " first ", " first ", r9\n\t"                                                                                \
    "ssat " first ", #8, " first ", asr #1\n\t"                                                                       \
    "lsl " second ", " second ", #1\n\t"                                                                              \
    "smmlar " second ", " second ", r11, lr\n\t"                                                                      \
    "asr " second ", " second ", r12\n\t"                                                                             \
    "ssat " second ", #8, " second ", asr #1\n\t"                                                                     \
    "ldmia %[s]!, {r8, r9, r10, r11}\n\t"                                                                             \
    "strb " first ", [r8, %[x]]\n\t"                                                                                  \
    "strb " second ", [r11, %[x]]\n\t"

/* A column of windows i, j and k, then the output of i, whose sums become the biases; 39 instructions. */
#define TT_LAST_COLUMN(odd, i, j, k)                                                                                  \
    TT_COLUMN_BEGIN(odd) TT_COLUMN_WINDOW(k) TT_COLUMN_WINDOW(j) TT_COLUMN_WINDOW(i)                                  \
    TT_COLUMN_OUTPUTS("%[first_" i "]", "%[second_" i "]")                                                            \
    "ldrd %[first_" i "], %[second_" i "], [%[s]], #-88\n\t"                                                          \
    "add %[x], r9\n\t"                                                                                                \
    "cmp %[x], r10\n\t"

#define TT_HAS_WINDOWS_OF_A_ROW 1
#define TT_WINDOWS_OF_A_ROW(odd)                                                                                      \
    __asm__ __volatile__("ldr r8, [%[s], #112]\n\t" /* Is the first column padding? */                                \
                         "ldrd %[first_0], %[second_0], [%[s], #96]\n\t"                                              \
                         "ldr %[x], [%[s], #120]\n\t"                                                                 \
                         "cmp r8, #0\n\t"                                                                             \
                         "bne 1f\n\t" TT_COLUMN_BEGIN(odd) TT_COLUMN_WINDOW("0")                                      \
                         "ldr r8, [%[s], #52]\n\t"                                                                    \
                         "add %[x], r8\n\t"                                                                           \
                         "sub %[s], #24\n"                                                                            \
                         "1:\n\t"                                                                                     \
                         "ldrd %[first_1], %[second_1], [%[s], #88]\n\t"                                              \
                         "ldrd %[first_2], %[second_2], [%[s], #88]\n\t" TT_COLUMN_BEGIN(odd)                         \
                         TT_COLUMN_WINDOW("1") TT_COLUMN_WINDOW("0")                                                  \
                         "ldrd r9, r10, [%[s], #40]\n\t"                                                              \
                         "sub %[s], #36\n\t"                                                                          \
                         "add %[x], r9\n\t"                                                                           \
                         "cmp %[x], r10\n\t"                                                                          \
                         "beq 5f\n"                                                                                   \
                         "2:\n\t" TT_LAST_COLUMN(odd, "0", "1", "2")                                                  \
                         "beq 3f\n\t" TT_LAST_COLUMN(odd, "1", "2", "0")                                              \
                         "beq 4f\n\t" TT_LAST_COLUMN(odd, "2", "0", "1")                                              \
                         "bne 2b\n\t"                                                                                 \
                         "b 5f\n"                                                                                     \
                         "3:\n\t"                                                                                     \
                         "mov %[first_0], %[first_1]\n\t"                                                             \
                         "mov %[second_0], %[second_1]\n\t"                                                           \
                         "b 5f\n"                                                                                     \
                         "4:\n\t"                                                                                     \
                         "mov %[first_0], %[first_2]\n\t"                                                             \
                         "mov %[second_0], %[second_2]\n"                                                             \
                         "5:\n\t"                                                                                     \
                         "ldr r8, [%[s], #116]\n\t" /* Is the last column padding? */                                 \
                         "cmp r8, #0\n\t"                                                                             \
                         "beq 6f\n\t"                                                                                 \
                         "ldrd r8, r9, [%[s], #104]\n\t"                                                              \
                         "add %[first_0], r8\n\t"                                                                     \
                         "add %[second_0], r9\n\t"                                                                    \
                         "add %[s], #48\n\t" TT_COLUMN_OUTPUTS("%[first_0]", "%[second_0]")                           \
                         "6:"                                                                                         \
                         : [first_0] "=&r"(first_0), [first_1] "=&r"(first_1), [first_2] "=&r"(first_2),              \
                           [second_0] "=&r"(second_0), [second_1] "=&r"(second_1), [second_2] "=&r"(second_2),        \
                           [s] "+&r"(s), [x] "=&r"(x)                                                                 \
                         :                                                                                            \
                         : "cc", TT_COLUMN_REGISTERS)
/* A row of a stripe, stride 1, with outputs that saturate. A first column that is no padding begins one window alone. */
TT_KERNEL void tt_windows_of_a_row_relu(const tt_stripe *s, int odd)
{
    int32_t first_0, first_1, first_2, second_0, second_1, second_2;
    int x;
    if (odd) {
        TT_WINDOWS_OF_A_ROW(", ror #8");
    } else {
        TT_WINDOWS_OF_A_ROW("");
    }
}

/*
 * A column in the middle of window i, then its last, which is the first of window j, and the output of i, whose sums
 * become the biases; 56 instructions.
 */
#define TT_TWO_COLUMNS(odd, i, j)                                                                                     \
    TT_COLUMN_BEGIN(odd)                                                                                              \
    "add %[s], #12\n\t" TT_COLUMN_WINDOW(i)                                                                           \
    "sub %[s], #36\n\t"                                                                                              \
    "add %[x], %[step]\n\t" TT_COLUMN_BEGIN(odd) TT_COLUMN_WINDOW(j)                                                 \
    "add %[s], #12\n\t" TT_COLUMN_WINDOW(i)                                                                          \
    "ldmia %[s]!, {r8, r9, r10}\n\t"                                                                                 \
    "lsl r11, %[first_" i "], #1\n\t"                                                                                \
    "smmlar r11, r11, r8, r10\n\t"                                                                                   \
    "asr r11, r11, r9\n\t"                                                                                           \
    "ssat r11, #8, r11, asr #1\n\t"                                                                                  \
    "ldmia %[s]!, {r8, r9, r10}\n\t"                                                                                 \
    "lsl lr, %[second_" i "], #1\n\t"                                                                                \
    "smmlar lr, lr, r8, r10\n\t"                                                                                     \
    "asr lr, lr, r9\n\t"                                                                                             \
    "ssat lr, #8, lr, asr #1\n\t"                                                                                    \
    "strb lr, [%[output], #2]\n\t"                                                                                   \
    "strb r11, [%[output]]\n\t"                                                                                      \
    "add %[output], %[step]\n\t"                                                                                     \
    "ldrd %[first_" i "], %[second_" i "], [%[s], #16]\n\t"                                                          \
    "ldr r9, [%[s], #8]\n\t"                                                                                         \
    "sub %[s], #72\n\t"                                                                                              \
    "add %[x], %[step]\n\t"                                                                                          \
    "add r8, %[x], %[step]\n\t"                                                                                      \
    "cmp r8, r9\n\t"

#define TT_HAS_COLUMNS_TO_END_STRIDE_2 1
#define TT_COLUMNS_TO_END_STRIDE_2(odd)                                                                               \
    __asm__ __volatile__("1:\n\t" TT_TWO_COLUMNS(odd, "0", "1")                                                      \
                         "bge 2f\n\t" TT_TWO_COLUMNS(odd, "1", "0")                                                  \
                         "blt 1b\n\t"                                                                                \
                         "b 3f\n"                                                                                    \
                         "2:\n\t"                                                                                    \
                         "mov %[first_0], %[first_1]\n\t"                                                            \
                         "mov %[second_0], %[second_1]\n"                                                            \
                         "3:"                                                                                         \
                         : [first_0] "+&r"(w->first[0]), [first_1] "+&r"(w->first[1]), [second_0] "+&r"(w->second[0]),\
                           [second_1] "+&r"(w->second[1]), [s] "+&r"(s), [x] "+&r"(x), [output] "+&r"(output)         \
                         : [step] "r"(s->step)                                                                        \
                         : "cc", TT_COLUMN_REGISTERS)
/* From two columns to the last two, with outputs that saturate; not none. Gives the first that is left. */
TT_KERNEL int tt_columns_to_end_stride_2_relu(const tt_stripe *s, int x, int odd, tt_windows *w)
{
    int8_t *output = s->output;
    if (odd) {
        TT_COLUMNS_TO_END_STRIDE_2(", ror #8");
    } else {
        TT_COLUMNS_TO_END_STRIDE_2("");
    }
    return x;
}

#define TT_COLUMN_OF_2(odd)                                                                                           \
    __asm__(TT_COLUMN_BEGIN(odd) TT_COLUMN_WINDOW("0") "add %[s], #12\n\t" TT_COLUMN_WINDOW("2")                      \
            "sub %[s], #48"                                                                                           \
            : [first_0] "+r"(*first_0), [first_2] "+r"(*first_2), [second_0] "+r"(*second_0),                         \
              [second_2] "+r"(*second_2), [s] "+r"(s)                                                                 \
            : [x] "r"(x)                                                                                              \
            : TT_COLUMN_REGISTERS)
TT_KERNEL void tt_column_of_2(const tt_stripe *s, int x, int odd, int32_t *first_2, int32_t *first_0,
                              int32_t *second_2, int32_t *second_0)
{
    if (odd) {
        TT_COLUMN_OF_2(", ror #8");
    } else {
        TT_COLUMN_OF_2("");
    }
}

#define TT_COLUMN_OF_1(odd)                                                                                           \
    __asm__(TT_COLUMN_BEGIN(odd) "add %[s], #12\n\t" TT_COLUMN_WINDOW("1") "sub %[s], #36"                            \
            : [first_1] "+r"(*first_1), [second_1] "+r"(*second_1), [s] "+r"(s)                                       \
            : [x] "r"(x)                                                                                              \
            : TT_COLUMN_REGISTERS)
TT_KERNEL void tt_column_of_1(const tt_stripe *s, int x, int odd, int32_t *first_1, int32_t *second_1)
{
    if (odd) {
        TT_COLUMN_OF_1(", ror #8");
    } else {
        TT_COLUMN_OF_1("");
    }
}
#endif

#if defined(__OPTIMIZE__) && !defined(TT_NO_ASSEMBLER)
/* 18 instructions for 16 products: the weights of four taps come in one load. */
#define TT_HAS_DOT_4X1 1
TT_KERNEL const int32_t *tt_dot_4x1(tt_sums *s, const int8_t *x, const int8_t *end, const int32_t *weights)
{
    uint32_t even, odd;
    __asm__("1:\n\t"
            "ldr %[odd], [%[x]], #4\n\t"
            "sxtb16 %[even], %[odd]\n\t"
            "sxtb16 %[odd], %[odd], ror #8\n\t"
            "ldmia %[weights]!, {r8, r9, r10, r11}\n\t"
            "smlad %[a1], %[even], r8, %[a1]\n\t"
            "sxtb16 r8, r8\n\t"
            "smlad %[a0], %[even], r8, %[a0]\n\t"
            "smlad %[a3], %[even], r9, %[a3]\n\t"
            "sxtb16 r9, r9\n\t"
            "smlad %[a2], %[even], r9, %[a2]\n\t"
            "smlad %[a1], %[odd], r10, %[a1]\n\t"
            "sxtb16 r10, r10\n\t"
            "smlad %[a0], %[odd], r10, %[a0]\n\t"
            "smlad %[a3], %[odd], r11, %[a3]\n\t"
            "sxtb16 r11, r11\n\t"
            "smlad %[a2], %[odd], r11, %[a2]\n\t"
            "cmp %[x], %[end]\n\t"
            "bne 1b"
            : [a0] "+&r"(s->a[0]), [a1] "+&r"(s->a[1]), [a2] "+&r"(s->a[2]), [a3] "+&r"(s->a[3]), [x] "+&r"(x),
              [weights] "+&r"(weights), [even] "=&r"(even), [odd] "=&r"(odd)
            : [end] "r"(end)
            : "cc", "memory", "r8", "r9", "r10", "r11");
    return weights;
}
#endif

#define TT_HAS_DOT 1
TT_KERNEL int32_t tt_dot_s8(int32_t acc, const int8_t *x, const int8_t *weights, int n)
{
    for (; n >= 4; n -= 4) {
        const uint32_t a = tt_load_s8x4(x);
        const uint32_t b = tt_load_s8x4(weights);
        acc = tt_dot_s16x2(acc, tt_even_s8x4(a), tt_even_s8x4(b));
        acc = tt_dot_s16x2(acc, tt_odd_s8x4(a), tt_odd_s8x4(b));
        x += 4;
        weights += 4;
    }
    for (; n > 0; n--) {
        acc = (int32_t)((uint32_t)acc + (uint32_t)(*x++ * *weights++));
    }
    return acc;
}

#endif
