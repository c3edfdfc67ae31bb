package org.tinytune.runtimegen.emit;

import java.util.List;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.Pool2dParams;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.Elements;

/** The pooling operators, whose kernels take the same parameters. */
final class PoolEmitter implements Emitter<Pool2dParams> {
    private final Operator<Pool2dParams> operator;
    private final String kernel;

    PoolEmitter(Operator<Pool2dParams> operator, String kernel) {
        this.operator = operator;
        this.kernel = kernel;
    }

    @Override
    public Operator<Pool2dParams> operator() {
        return operator;
    }

    @Override
    public List<KernelCall> emit(Site<Pool2dParams> site) {
        Pool2dParams params = site.params();
        Quantization output = site.output().quantization();
        operator.kernel(params, site.operands());
        Window window = new Window(params.rows(site.inputShape(0)), params.columns(site.inputShape(0)));

        KernelCall.Builder call = site.call(kernel)
                .summary(window.summary())
                .rows(window.rows().output())
                .geometry("input_height", window.rows().input())
                .geometry("input_width", window.columns().input())
                .geometry("channels", site.input(0).shape().dim(3))
                .geometry("input_ring_rows", site.inputRingRows().get(0))
                .geometry("output_height", window.rows().output())
                .geometry("output_width", window.columns().output())
                .geometry("output_ring_rows", site.outputRingRows());
        window.addFilter(call);
        window.addPadding(call);
        Elements elements = Elements.of(site.output().type());
        call.quantization("activation_min", params.activation().min(output, elements))
                .quantization("activation_max", params.activation().max(output, elements));
        return List.of(call.build());
    }
}
