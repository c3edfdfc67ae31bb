package org.tinytune.runtimegen;

import java.util.BitSet;
import java.util.Locale;
import java.util.stream.Collectors;
import org.tinytune.core.decision.ClassScores;
import org.tinytune.core.decision.Trigger;
import org.tinytune.core.decision.TriggerSettings;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.op.FrontEnd;
import org.tinytune.core.op.slide.ContinuousGraph;

/**
 * Prints what a classifier's header has on top: results of integers, and the events that they make on a stream. All of
 * it is {@code static inline}, so that it takes no flash where nobody calls it. Checked by: ClassifierDifferentialTest.
 */
final class ClassifierHeader {
    private static final String RESULT = """

            /*
             * What the network says of its latest input. A score is output - zero point: its real value is
             * MODEL_OUTPUT_SCALE * score.{one}
             */
            #define MODEL_CLASSES {classes}
            {one_macro}typedef struct {
                int16_t winner; /* the class with the highest score, the first of equals */
                int16_t score;  /* of the winner */
                int16_t scores[MODEL_CLASSES];
            } model_result;

            /* After an inference, before the next input: returns the winner. */
            static inline int model_read_result(model_result *result)
            {
                const {type} *output = model_output();
            {scores}
                result->winner = 0;
                result->score = result->scores[0];
                for (int16_t i = 1; i < MODEL_CLASSES; i++) {
                    if (result->scores[i] > result->score) {
                        result->winner = i;
                        result->score = result->scores[i];
                    }
                }
                return result->winner;
            }
            """;

    private static final String SEVERAL = """
                for (int i = 0; i < MODEL_CLASSES; i++) {
                    result->scores[i] = (int16_t)(output[i] - MODEL_OUTPUT_ZERO_POINT);
                }""";

    private static final String SINGLE = """
                /* The output speaks for the second class, the first has the rest. */
                const int32_t second = (int32_t)output[0] - MODEL_OUTPUT_ZERO_POINT;
                const int32_t first = {one} - second;
                result->scores[0] = (int16_t)(first > 32767 ? 32767 : first < -32768 ? -32768 : first);
                result->scores[1] = (int16_t)second;""";

    private static final String FILL = """
            static inline void model_write_input(const {type} *{input})
            {
                {type} *to = model_input();
                if ({input} != to) {
                    for (int32_t i = 0; i < MODEL_INPUT_ELEMENTS; i++) {
                        to[i] = {input}[i];
                    }
                }
            }
            """;

    private static final String CLASSIFY = """

            /* Copies the {what}, unless they are in model_input() already. */
            {fill}
            /* The whole way from {what} to a result; returns the winner. */
            static inline int model_classify(const {type} *{input}, model_result *result)
            {
                model_write_input({input});
                model_invoke();
                return model_read_result(result);
            }
            """;

    private static final String CLASSIFY_NEXT = """

            /* Copies the {what}, unless they are in model_input() already. */
            {fill}
            #define MODEL_NOTHING (-1)

            /*
             * From the {what} that follow those of the call before to a result; returns the winner{full}.
             */
            static inline int model_classify_next(const {type} *{input}, model_result *result)
            {
                model_write_input({input});
                model_invoke();
            {return}
            }
            """;

    private static final String TRIGGER = """

            /*
             * Makes events of results that follow each other: their scores are averaged, and the class with the highest
             * average is an event if the average reaches a threshold, it is not to be ignored, and the latest event is
             * long enough ago. Define these macros before to have others.
             */
            #ifndef MODEL_TRIGGER_RESULTS
            #define MODEL_TRIGGER_RESULTS {results} /* that are averaged, 1 to 64 */
            #endif
            #ifndef MODEL_TRIGGER_THRESHOLD
            #define MODEL_TRIGGER_THRESHOLD ({threshold}) /* a score{threshold_note} */
            #endif
            #ifndef MODEL_TRIGGER_PAUSE
            #define MODEL_TRIGGER_PAUSE {pause} /* results after an event without another one */
            #endif
            #ifndef MODEL_TRIGGER_IGNORES
            #define MODEL_TRIGGER_IGNORES(output_class) {ignores} /* classes that are no event */
            #endif

            typedef struct {
                int32_t sums[MODEL_CLASSES];
                int16_t latest[MODEL_TRIGGER_RESULTS][MODEL_CLASSES];
                int16_t next;   /* of the latest, to be replaced */
                int16_t seen;   /* of them that are results */
                int16_t paused; /* results until there may be an event again */
            } model_trigger;

            /* Before the first result, and wherever the stream begins anew. */
            static inline void model_trigger_reset(model_trigger *trigger)
            {
                for (int c = 0; c < MODEL_CLASSES; c++) {
                    trigger->sums[c] = 0;
                    for (int i = 0; i < MODEL_TRIGGER_RESULTS; i++) {
                        trigger->latest[i][c] = 0;
                    }
                }
                trigger->next = 0;
                trigger->seen = 0;
                trigger->paused = 0;
            }

            /* Takes a result; returns the class that has just been recognised, MODEL_NOTHING most of the time. */
            static inline int model_trigger_update(model_trigger *trigger, const model_result *result)
            {
                int16_t *latest = trigger->latest[trigger->next];
                int best = 0;
                for (int c = 0; c < MODEL_CLASSES; c++) {
                    trigger->sums[c] += (int32_t)result->scores[c] - latest[c];
                    latest[c] = result->scores[c];
                    if (trigger->sums[c] > trigger->sums[best]) {
                        best = c;
                    }
                }
                trigger->next = (int16_t)(trigger->next + 1 < MODEL_TRIGGER_RESULTS ? trigger->next + 1 : 0);
                if (trigger->seen < MODEL_TRIGGER_RESULTS) {
                    trigger->seen++;
                }
                if (trigger->paused > 0) {
                    trigger->paused--;
                    return MODEL_NOTHING;
                }
                if (trigger->seen < MODEL_TRIGGER_RESULTS || MODEL_TRIGGER_IGNORES(best)
                    || trigger->sums[best] < (int32_t)MODEL_TRIGGER_THRESHOLD * MODEL_TRIGGER_RESULTS) {
                    return MODEL_NOTHING;
                }
                trigger->paused = MODEL_TRIGGER_PAUSE;
                return best;
            }
            """;

    private static final int INDENT = 4;

    private ClassifierHeader() {}

    /** The text about {@code model_...}; nothing of a model that tells no classes. */
    static String print(Graph graph) {
        return ClassScores.of(graph).map(scores -> print(graph, scores)).orElse("");
    }

    private static String print(Graph graph, ClassScores scores) {
        String text = result(graph, scores);
        if (graph.inputs().size() == 1) {
            text += graph.hasState() ? classifyNext(graph) + trigger(graph, scores) : call(CLASSIFY, graph);
        }
        return text;
    }

    private static String result(Graph graph, ClassScores scores) {
        boolean probabilities = scores.areProbabilities();
        String single = SINGLE.replace("{one}", probabilities ? "MODEL_SCORE_ONE" : "0");
        String each = scores.isSingle() ? single : SEVERAL;
        return RESULT.replace("{scores}", each.indent(INDENT).stripTrailing())
                .replace("{type}", CText.type(graph.output().type()))
                .replace("{classes}", Integer.toString(scores.classes()))
                .replace("{one_macro}", probabilities ? "#define MODEL_SCORE_ONE " + scores.one() + "\n\n" : "\n")
                .replace("{one}", probabilities ? " MODEL_SCORE_ONE stands for a probability of 1." : "");
    }

    private static String classifyNext(Graph graph) {
        boolean window = ContinuousGraph.isContinuous(graph);
        return call(CLASSIFY_NEXT, graph)
                .replace("{full}", window ? ", and MODEL_NOTHING\n * as long as the window is not full" : "")
                .replace(
                        "{return}",
                        window
                                ? "    const int winner = model_read_result(result);\n"
                                        + "    return model_window_is_full() ? winner : MODEL_NOTHING;"
                                : "    return model_read_result(result);");
    }

    private static String call(String template, Graph graph) {
        boolean samples = FrontEnd.takesSamples(graph);
        boolean added = ContinuousGraph.isContinuous(graph);
        String what = samples ? "samples" : added ? "rows" : "elements";
        return template.replace("{fill}", FILL)
                .replace("{what}", added ? "new " + what : what)
                .replace("{input}", added ? "new_" + what : samples ? what : "input")
                .replace("{type}", CText.type(graph.input().type()));
    }

    private static String trigger(Graph graph, ClassScores scores) {
        TriggerSettings settings = TriggerSettings.of(graph.metadata());
        String note = String.format(Locale.ROOT, ": %.3f", settings.threshold());
        return TRIGGER.replace("{results}", Integer.toString(settings.results()))
                .replace("{threshold}", Integer.toString(Trigger.threshold(scores, settings)))
                .replace("{threshold_note}", scores.areProbabilities() ? note : "; logits have none that all share")
                .replace("{pause}", Integer.toString(settings.pause()))
                .replace("{ignores}", ignores(settings.ignored(), scores.classes()));
    }

    private static String ignores(BitSet ignored, int classes) {
        String any = ignored.stream()
                .filter(c -> c < classes)
                .mapToObj(c -> "(output_class) == " + c)
                .collect(Collectors.joining(" || "));
        return any.isEmpty() ? "0" : "(" + any + ")";
    }
}
