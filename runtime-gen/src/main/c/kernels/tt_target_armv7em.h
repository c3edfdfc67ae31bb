/*
 * Armv7E-M with the DSP extension (Cortex-M4, M7, M33): two products of 16 bits at a time.
 */
#ifndef TT_TARGET_ARMV7EM_H
#define TT_TARGET_ARMV7EM_H

#include <arm_acle.h>
#include <string.h>

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

#if TT_ASSEMBLER
/* A pair of taps, 12 instructions for 16 products. It takes all fourteen registers. */
#define TT_PAIR_OF_TAPS(a0, a1, a2, a3, b0, b1, b2, b3, x, weights, x_a, x_b, w, v)                                   \
    "ldrd " x_a ", " x_b ", [" x "], #8\n\t"                                                                          \
    "ldrd " w ", " v ", [" weights "], #8\n\t"                                                                        \
    "smlad " a1 ", " x_a ", " w ", " a1 "\n\t"                                                                        \
    "smlad " b1 ", " x_b ", " w ", " b1 "\n\t"                                                                        \
    "sxtb16 " w ", " w "\n\t"                                                                                         \
    "smlad " a0 ", " x_a ", " w ", " a0 "\n\t"                                                                        \
    "smlad " b0 ", " x_b ", " w ", " b0 "\n\t"                                                                        \
    "smlad " a3 ", " x_a ", " v ", " a3 "\n\t"                                                                        \
    "smlad " b3 ", " x_b ", " v ", " b3 "\n\t"                                                                        \
    "sxtb16 " v ", " v "\n\t"                                                                                         \
    "smlad " a2 ", " x_a ", " v ", " a2 "\n\t"                                                                        \
    "smlad " b2 ", " x_b ", " v ", " b2 "\n\t"
#define TT_DOT_4X2_PAIR                                                                                               \
    TT_PAIR_OF_TAPS("%[a0]", "%[a1]", "%[a2]", "%[a3]", "%[b0]", "%[b1]", "%[b2]", "%[b3]", "%[x]", "%[weights]",     \
                    "%[x_a]", "%[x_b]", "%[w]", "%[v]")
#define TT_DOT_4X2_FOUR_TAPS TT_DOT_4X2_PAIR TT_DOT_4X2_PAIR
#define TT_GROUP_PAIR                                                                                                 \
    TT_PAIR_OF_TAPS("r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12", "lr")
#define TT_GROUP_FOUR_TAPS TT_GROUP_PAIR TT_GROUP_PAIR

#define TT_HAS_DOT_4X2 1
TT_KERNEL const int32_t *tt_dot_4x2(tt_sums *s, const tt_pair *x, const tt_pair *end, const int32_t *weights)
{
    const tt_pair *end_of_16 = x + ((end - x) & ~15); /* of the last sixteen taps that are whole */
    uint32_t x_a, x_b, w, v;
    __asm__("b 2f\n"
            "1:\n\t" TT_DOT_4X2_FOUR_TAPS TT_DOT_4X2_FOUR_TAPS TT_DOT_4X2_FOUR_TAPS TT_DOT_4X2_FOUR_TAPS
            "2:\n\t"
            "ldr %[w], %[end_of_16]\n\t"
            "cmp %[x], %[w]\n\t"
            "bne 1b\n\t"
            "b 4f\n"
            "3:\n\t" TT_DOT_4X2_FOUR_TAPS
            "4:\n\t"
            "ldr %[w], %[end]\n\t"
            "cmp %[x], %[w]\n\t"
            "bne 3b"
            : [a0] "+r"(s->a[0]), [a1] "+r"(s->a[1]), [a2] "+r"(s->a[2]), [a3] "+r"(s->a[3]), [b0] "+r"(s->b[0]),
              [b1] "+r"(s->b[1]), [b2] "+r"(s->b[2]), [b3] "+r"(s->b[3]), [x] "+r"(x), [weights] "+r"(weights),
              [x_a] "=&r"(x_a), [x_b] "=&r"(x_b), [w] "=&r"(w), [v] "=&r"(v)
            : [end] "m"(end), [end_of_16] "m"(end_of_16)
            : "cc", "memory");
    return weights;
}

/* The output of the sum of a first channel, in place: r11 its multiplier, r9 its shift, lr its rounding. */
#define TT_FIRST_OUTPUT(sum)                                                                                          \
    "lsl " sum ", " sum ", #1\n\t"                                                                                    \
    "smmlar " sum ", " sum ", r11, lr\n\t"                                                                            \
    "asr " sum ", " sum ", r9\n\t"                                                                                    \
    "ssat " sum ", #8, " sum ", asr #1\n\t"
/* Of a second channel, from 256 times its sum; r12 its multiplier. */
#define TT_SECOND_OUTPUT(sum)                                                                                         \
    "asr " sum ", " sum ", #7\n\t"                                                                                    \
    "smmlar " sum ", " sum ", r12, lr\n\t"                                                                            \
    "asr " sum ", " sum ", r9\n\t"                                                                                    \
    "ssat " sum ", #8, " sum ", asr #1\n\t"
/* The outputs of a first and a second channel at a, or at a and b; only the last byte of r9 counts in a shift. */
#define TT_TWO_OUTPUTS(first, second)                                                                                 \
    "sub " second ", " second ", " first "\n\t"                                                                       \
    "lsl lr, r10, r9\n\t" TT_FIRST_OUTPUT(first)                                                                     \
    "lsr r9, r9, #8\n\t"                                                                                             \
    "lsl lr, r10, r9\n\t" TT_SECOND_OUTPUT(second)
#define TT_FOUR_OUTPUTS(first_a, second_a, first_b, second_b)                                                         \
    "sub " second_a ", " second_a ", " first_a "\n\t"                                                                 \
    "sub " second_b ", " second_b ", " first_b "\n\t"                                                                 \
    "lsl lr, r10, r9\n\t" TT_FIRST_OUTPUT(first_a) TT_FIRST_OUTPUT(first_b)                                          \
    "lsr r9, r9, #8\n\t"                                                                                             \
    "lsl lr, r10, r9\n\t" TT_SECOND_OUTPUT(second_a) TT_SECOND_OUTPUT(second_b)
/* Weights of four taps, and their products with the taps of one position; 13 instructions for 16 products. */
#define TT_GROUP_PRODUCTS(even, odd)                                                                                  \
    "ldmia lr!, {r8, r9, r10, r11}\n\t"                                                                              \
    "smlad r1, " even ", r8, r1\n\t"                                                                                 \
    "sxtb16 r8, r8\n\t"                                                                                              \
    "smlad r0, " even ", r8, r0\n\t"                                                                                 \
    "smlad r3, " even ", r9, r3\n\t"                                                                                 \
    "sxtb16 r9, r9\n\t"                                                                                              \
    "smlad r2, " even ", r9, r2\n\t"                                                                                 \
    "smlad r1, " odd ", r10, r1\n\t"                                                                                 \
    "sxtb16 r10, r10\n\t"                                                                                            \
    "smlad r0, " odd ", r10, r0\n\t"                                                                                 \
    "smlad r3, " odd ", r11, r3\n\t"                                                                                 \
    "sxtb16 r11, r11\n\t"                                                                                            \
    "smlad r2, " odd ", r11, r2\n\t"
#define TT_GROUP_EIGHT_TAPS                                                                                           \
    "ldmia r12!, {r4, r5, r6, r7}\n\t" TT_GROUP_PRODUCTS("r4", "r5") TT_GROUP_PRODUCTS("r6", "r7")
#define TT_GROUP_OPERANDS(g)                                                                                          \
    [weights] "+m"(g->weights), [parameters] "+m"(g->parameters), [output] "+m"(g->output)                            \
        : [patch] "m"(g->patch), [end] "m"(g->end), [end_of_16] "m"(g->end_of_16),                                    \
          [end_of_parameters] "m"(g->end_of_parameters)                                                               \
        : "cc", "memory", "r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12", "lr"

#define TT_HAS_GROUPS_RELU 1
/*
 * Groups of channels at two positions, with outputs that saturate; at least one group. r0 to r3 and r4 to r7 hold the
 * sums at a and b, all others what the dot product takes, so the state stays in memory. 63 instructions beside the
 * products make a group.
 */
TT_KERNEL void tt_groups_relu_2(tt_groups *g)
{
    __asm__ __volatile__("ldr r8, %[parameters]\n"
                         "1:\n\t"
                         "ldmia r8, {r0, r1, r2, r3}\n\t"
                         "ldmia r8!, {r4, r5, r6, r7}\n\t"
                         "str r8, %[parameters]\n\t"
                         "ldr r8, %[patch]\n\t"
                         "ldr r9, %[weights]\n\t"
                         "ldr r12, %[end_of_16]\n\t"
                         "cmp r8, r12\n\t"
                         "beq 3f\n"
                         "2:\n\t" TT_GROUP_FOUR_TAPS TT_GROUP_FOUR_TAPS TT_GROUP_FOUR_TAPS TT_GROUP_FOUR_TAPS
                         "ldr r12, %[end_of_16]\n\t"
                         "cmp r8, r12\n\t"
                         "bne 2b\n"
                         "3:\n\t"
                         "ldr r12, %[end]\n\t"
                         "cmp r8, r12\n\t"
                         "beq 5f\n"
                         "4:\n\t" TT_GROUP_FOUR_TAPS
                         "ldr r12, %[end]\n\t"
                         "cmp r8, r12\n\t"
                         "bne 4b\n"
                         "5:\n\t"
                         "str r9, %[weights]\n\t"
                         "ldr r8, %[parameters]\n\t"
                         "ldr r9, [r8, #16]\n\t"
                         "mvn r10, #254\n\t"
                         "ldrd r11, r12, [r8], #8\n\t" TT_FOUR_OUTPUTS("r0", "r1", "r4", "r5")
                         "ldrd r11, r12, [r8], #12\n\t"
                         "lsr r9, r9, #8\n\t" TT_FOUR_OUTPUTS("r2", "r3", "r6", "r7")
                         "ldrd r11, r12, %[output]\n\t"
                         "strb r1, [r11, #1]\n\t"
                         "strb r2, [r11, #2]\n\t"
                         "strb r3, [r11, #3]\n\t"
                         "strb r0, [r11], #4\n\t"
                         "strb r5, [r12, #1]\n\t"
                         "strb r6, [r12, #2]\n\t"
                         "strb r7, [r12, #3]\n\t"
                         "strb r4, [r12], #4\n\t"
                         "strd r11, r12, %[output]\n\t"
                         "ldr r9, %[end_of_parameters]\n\t"
                         "cmp r8, r9\n\t"
                         "bne 1b\n\t"
                         "str r8, %[parameters]"
                         : TT_GROUP_OPERANDS(g));
}

/* The same at position a alone; of four taps the patch has two words: the first pair, the second. */
TT_KERNEL void tt_groups_relu_1(tt_groups *g)
{
    __asm__ __volatile__("ldr r8, %[parameters]\n"
                         "1:\n\t"
                         "ldmia r8!, {r0, r1, r2, r3}\n\t"
                         "str r8, %[parameters]\n\t"
                         "ldr r12, %[patch]\n\t"
                         "ldr lr, %[weights]\n\t"
                         "ldr r8, %[end_of_16]\n\t"
                         "cmp r12, r8\n\t"
                         "beq 3f\n"
                         "2:\n\t" TT_GROUP_EIGHT_TAPS TT_GROUP_EIGHT_TAPS
                         "ldr r8, %[end_of_16]\n\t"
                         "cmp r12, r8\n\t"
                         "bne 2b\n"
                         "3:\n\t"
                         "ldr r8, %[end]\n\t"
                         "cmp r12, r8\n\t"
                         "beq 5f\n"
                         "4:\n\t"
                         "ldmia r12!, {r4, r5}\n\t" TT_GROUP_PRODUCTS("r4", "r5")
                         "ldr r8, %[end]\n\t"
                         "cmp r12, r8\n\t"
                         "bne 4b\n"
                         "5:\n\t"
                         "str lr, %[weights]\n\t"
                         "ldr r8, %[parameters]\n\t"
                         "ldr r9, [r8, #16]\n\t"
                         "mvn r10, #254\n\t"
                         "ldrd r11, r12, [r8], #8\n\t" TT_TWO_OUTPUTS("r0", "r1")
                         "ldrd r11, r12, [r8], #12\n\t"
                         "lsr r9, r9, #8\n\t" TT_TWO_OUTPUTS("r2", "r3")
                         "ldr r11, %[output]\n\t"
                         "strb r1, [r11, #1]\n\t"
                         "strb r2, [r11, #2]\n\t"
                         "strb r3, [r11, #3]\n\t"
                         "strb r0, [r11], #4\n\t"
                         "str r11, %[output]\n\t"
                         "ldr r9, %[end_of_parameters]\n\t"
                         "cmp r8, r9\n\t"
                         "bne 1b\n\t"
                         "str r8, %[parameters]"
                         : TT_GROUP_OPERANDS(g));
}

#define TT_HAS_WIDEN_9 1
#define TT_WIDEN_3(odd)                                                                                               \
    "ldmia %[from]!, {r8, r9, r10}\n\t"                                                                              \
    "sxtb16 r8, r8" odd "\n\t"                                                                                       \
    "sxtb16 r9, r9" odd "\n\t"                                                                                       \
    "sxtb16 r10, r10" odd "\n\t"                                                                                     \
    "stmia %[to]!, {r8, r9, r10}\n\t"
#define TT_WIDEN_9(odd)                                                                                               \
    __asm__ __volatile__(TT_WIDEN_3(odd) TT_WIDEN_3(odd) TT_WIDEN_3(odd)                                              \
                         : [to] "+r"(to), [from] "+r"(from)                                                           \
                         :                                                                                            \
                         : "memory", "r8", "r9", "r10")
TT_KERNEL void tt_widen_9(uint32_t *to, const int32_t *from, int odd)
{
    if (odd) {
        TT_WIDEN_9(", ror #8");
    } else {
        TT_WIDEN_9("");
    }
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

/* A column of windows i, j and k, then the output of i, whose sums become the biases; 45 instructions. */
#define TT_LAST_COLUMN(odd, i, j, k)                                                                                  \
    TT_COLUMN_BEGIN(odd) TT_COLUMN_WINDOW(k) TT_COLUMN_WINDOW(j) TT_COLUMN_WINDOW(i)                                  \
    "ldmia %[s]!, {r8, r9, r10}\n\t"                                                                                  \
    "lsl r11, %[first_" i "], #1\n\t"                                                                                 \
    "smmlar r11, r11, r8, r10\n\t"                                                                                    \
    "asr r11, r11, r9\n\t"                                                                                            \
    "ssat r11, #8, r11, asr #1\n\t"                                                                                   \
    "ldmia %[s]!, {r8, r9, r10, r12}\n\t"                                                                             \
    "lsl lr, %[second_" i "], #1\n\t"                                                                                 \
    "smmlar lr, lr, r8, r10\n\t"                                                                                      \
    "asr lr, lr, r9\n\t"                                                                                              \
    "ssat lr, #8, lr, asr #1\n\t"                                                                                     \
    "add r12, r12, %[x]\n\t"                                                                                          \
    "strb r11, [r12]\n\t"                                                                                             \
    "strb lr, [r12, #2]\n\t"                                                                                          \
    "ldrd %[first_" i "], %[second_" i "], [%[s]], #8\n\t"                                                            \
    "ldrd r8, r9, [%[s]], #-84\n\t"                                                                                   \
    "add %[x], r8\n\t"                                                                                                \
    "cmp %[x], r9\n\t"

#define TT_HAS_COLUMNS_TO_END 1
#define TT_COLUMNS_TO_END(odd)                                                                                        \
    __asm__ __volatile__("1:\n\t" TT_LAST_COLUMN(odd, "0", "1", "2")                                                  \
            "beq 2f\n\t" TT_LAST_COLUMN(odd, "1", "2", "0")                                                           \
            "beq 3f\n\t" TT_LAST_COLUMN(odd, "2", "0", "1")                                                           \
            "bne 1b\n\t"                                                                                              \
            "b 4f\n"                                                                                                  \
            "2:\n\t"                                                                                                  \
            "mov %[first_0], %[first_1]\n\t"                                                                          \
            "mov %[second_0], %[second_1]\n\t"                                                                        \
            "b 4f\n"                                                                                                  \
            "3:\n\t"                                                                                                  \
            "mov %[first_0], %[first_2]\n\t"                                                                          \
            "mov %[second_0], %[second_2]\n"                                                                          \
            "4:"                                                                                                      \
            : [first_0] "+r"(w->first[0]), [first_1] "+r"(w->first[1]), [first_2] "+r"(w->first[2]),                  \
              [second_0] "+r"(w->second[0]), [second_1] "+r"(w->second[1]), [second_2] "+r"(w->second[2]),            \
              [s] "+r"(s), [x] "+r"(x)                                                                                \
            :                                                                                                         \
            : "cc", TT_COLUMN_REGISTERS)
/* From a column to the last, with outputs that saturate; not none. */
TT_KERNEL void tt_columns_to_end_relu(const tt_stripe *s, int x, int odd, tt_windows *w)
{
    if (odd) {
        TT_COLUMNS_TO_END(", ror #8");
    } else {
        TT_COLUMNS_TO_END("");
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
    "ldrd %[first_" i "], %[second_" i "], [%[s], #4]\n\t"                                                           \
    "ldr r9, [%[s], #16]\n\t"                                                                                        \
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
                         : [first_0] "+r"(w->first[0]), [first_1] "+r"(w->first[1]), [second_0] "+r"(w->second[0]),   \
                           [second_1] "+r"(w->second[1]), [s] "+r"(s), [x] "+r"(x), [output] "+r"(output)             \
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
            : [a0] "+r"(s->a[0]), [a1] "+r"(s->a[1]), [a2] "+r"(s->a[2]), [a3] "+r"(s->a[3]), [x] "+r"(x),
              [weights] "+r"(weights), [even] "=&r"(even), [odd] "=&r"(odd)
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
