/*
 * Runs the model on every input in the file `inputs`, and writes `outputs`, and `op_<n>` for the first input, to which
 * an operator that is streamed adds row after row.
 */
#include "model.h"

#include <stdio.h>

static void trace(uint16_t op, const int8_t *output, uint32_t bytes)
{
    char name[16];
    snprintf(name, sizeof name, "op_%u", (unsigned)op);
    FILE *file = fopen(name, "ab");
    fwrite(output, 1, bytes, file);
    fclose(file);
}

int main(void)
{
    FILE *inputs = fopen("inputs", "rb");
    FILE *outputs = fopen("outputs", "wb");
    model_set_trace(trace);
    while (fread(model_input(), 1, MODEL_INPUT_BYTES, inputs) == MODEL_INPUT_BYTES) {
        model_invoke();
        model_set_trace(0);
        fwrite(model_output(), 1, MODEL_OUTPUT_BYTES, outputs);
    }
    fclose(outputs);
    return 0;
}
