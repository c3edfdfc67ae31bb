/* Runs the model on each file that is named, and writes what it computes beside: out_<n>, and op_<n> of the last. */
#include "model.h"

#include <stdio.h>

static void write_file(const char *kind, unsigned n, const int8_t *bytes, size_t count)
{
    char name[32];
    snprintf(name, sizeof name, "%s_%u", kind, n);
    FILE *file = fopen(name, "wb");
    fwrite(bytes, 1, count, file);
    fclose(file);
}

static void trace(uint16_t op, const int8_t *output, uint32_t bytes)
{
    write_file("op", op, output, bytes);
}

int main(int count, char **files)
{
    model_set_trace(trace);
    for (int i = 1; i < count; i++) {
        FILE *file = fopen(files[i], "rb");
        if (file == NULL || fread(model_input(), 1, MODEL_INPUT_BYTES, file) != MODEL_INPUT_BYTES) {
            return 1;
        }
        fclose(file);
        model_invoke();
        write_file("out", (unsigned)i, model_output(), MODEL_OUTPUT_BYTES);
    }
    return 0;
}
