package org.tinytune.test.tflite;

import static org.bytedeco.tensorflowlite.global.tensorflowlite.TfLiteTensorData;
import static org.bytedeco.tensorflowlite.global.tensorflowlite.kTfLiteOk;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.tensorflowlite.FlatBufferModel;
import org.bytedeco.tensorflowlite.Interpreter;
import org.bytedeco.tensorflowlite.InterpreterBuilder;
import org.bytedeco.tensorflowlite.InterpreterOptions;
import org.bytedeco.tensorflowlite.MutableOpResolver;
import org.bytedeco.tensorflowlite.TfLiteTensor;

/**
 * The TensorFlow Lite interpreter, version 2.19, with its reference kernels. Keeps every tensor, so that each layer can
 * be looked at after a run. One thread at a time.
 *
 * <p>What it does not like, it says on stderr.
 */
public final class ReferenceInterpreter implements AutoCloseable {
    /** The exported constructor of BuiltinRefOpResolver, which has no Java class. */
    private static final String RESOLVER_CONSTRUCTOR = "_ZN6tflite3ops7builtin20BuiltinRefOpResolverC1Ev";
    /** The object itself has 216 bytes. */
    private static final int RESOLVER_BYTES = 4096;

    /** Shared by all interpreters, and never freed: nobody could run its destructor. */
    private static final MutableOpResolver REFERENCE_KERNELS = referenceKernels();

    private final Deque<Pointer> owned = new ArrayDeque<>();
    private final Interpreter interpreter;

    /**
     * Loads a model after verifying it, and allocates its tensors.
     *
     * @throws IllegalArgumentException if the interpreter refuses the file
     */
    public ReferenceInterpreter(byte[] file) {
        BytePointer bytes = own(new BytePointer(file));
        FlatBufferModel model = own(FlatBufferModel.VerifyAndBuildFromBuffer(bytes, file.length));
        if (model == null || model.isNull()) {
            throw new IllegalArgumentException("the file does not pass the verifier");
        }
        InterpreterOptions options = own(new InterpreterOptions());
        options.SetPreserveAllTensors(true);
        InterpreterBuilder builder = own(new InterpreterBuilder(model, REFERENCE_KERNELS, options));
        interpreter = own(new Interpreter((Pointer) null));
        require(builder.SetNumThreads(1), "SetNumThreads");
        require(builder.apply(interpreter), "InterpreterBuilder");
        require(interpreter.AllocateTensors(), "AllocateTensors");
    }

    /**
     * Builds the resolver in place. A JavaCPP function pointer wraps a struct whose first word is the address of a C
     * function; a C++ constructor is one that takes the object's address.
     */
    private static MutableOpResolver referenceKernels() {
        Loader.load(org.bytedeco.tensorflowlite.global.tensorflowlite.class);
        Pointer constructor = Loader.addressof(RESOLVER_CONSTRUCTOR);
        if (constructor == null) {
            throw new IllegalStateException("this build of TensorFlow Lite does not export its reference kernels");
        }
        BytePointer object = new BytePointer(RESOLVER_BYTES).zero();
        PointerPointer<Pointer> function = new PointerPointer<>(2L);
        function.put(0, constructor);
        function.put(1, (Pointer) null);
        new Interpreter.Check_cancelled_func_Pointer((Pointer) function).call(object);
        return new MutableOpResolver(object);
    }

    private <T extends Pointer> T own(T pointer) {
        if (pointer != null) {
            owned.push(pointer);
        }
        return pointer;
    }

    private static void require(int status, String what) {
        if (status != kTfLiteOk) {
            throw new IllegalArgumentException(what + " failed with status " + status);
        }
    }

    /** Runs one inference on these inputs, from freshly reset states. */
    public void run(List<byte[]> inputs) {
        require(interpreter.ResetVariableTensors(), "ResetVariableTensors");
        runOn(inputs);
    }

    /** Runs one inference on these inputs, from the states that the last one left. */
    public void runOn(List<byte[]> inputs) {
        for (int i = 0; i < inputs.size(); i++) {
            TfLiteTensor tensor = interpreter.input_tensor(i);
            byte[] input = inputs.get(i);
            if (tensor.bytes() != input.length) {
                throw new IllegalArgumentException("input " + i + " has " + tensor.bytes() + " bytes");
            }
            new BytePointer(TfLiteTensorData(tensor)).put(input, 0, input.length);
        }
        require(interpreter.Invoke(), "Invoke");
    }

    /** The bytes of output {@code i} of the model. */
    public byte[] output(int i) {
        return bytes(interpreter.output_tensor(i));
    }

    /** The bytes of a tensor, by its index in the file. */
    public byte[] tensor(int index) {
        return bytes(interpreter.tensor(index));
    }

    private static byte[] bytes(TfLiteTensor tensor) {
        byte[] bytes = new byte[Math.toIntExact(tensor.bytes())];
        new BytePointer(TfLiteTensorData(tensor)).get(bytes, 0, bytes.length);
        return bytes;
    }

    @Override
    public void close() {
        while (!owned.isEmpty()) {
            owned.pop().deallocate();
        }
    }
}
