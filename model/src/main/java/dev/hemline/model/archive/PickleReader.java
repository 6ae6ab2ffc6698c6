package dev.hemline.model.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the pickles of TorchScript archives. It runs nothing: what a pickle wants to call becomes a {@link Call} for the
 * caller to understand or refuse, and an opcode that TorchScript has no use for ends the reading.
 */
final class PickleReader {

    /** Python's {@code None}. */
    enum None {
        NONE
    }

    /** A name that the pickle refers to, for instance {@code torch._utils._rebuild_tensor_v2}. */
    record Global(String qualifiedName) {}

    /** Something to be called with arguments. */
    record Call(Global callee, List<Object> arguments) {}

    /** What the pickle leaves to its reader, such as a tensor's storage. */
    record Persistent(List<Object> id) {}

    /** An object and the state it is built with: attributes by name. */
    record Instance(Global type, Map<Object, Object> state) {}

    private final ByteBuffer in;
    private final Deque<List<Object>> marked = new ArrayDeque<>();
    private final Map<Long, Object> memo = new HashMap<>();
    private List<Object> stack = new ArrayList<>();

    private PickleReader(ByteBuffer in) {
        this.in = in.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Reads one pickle.
     *
     * @return Long, Double, Boolean, String, {@link None}, List (of lists and tuples), Map, or one of this class's records
     */
    static Object read(ByteBuffer pickle) throws ArchiveException {
        return new PickleReader(pickle).read();
    }

    private Object read() throws ArchiveException {
        while (true) {
            int opcode = unsignedByte();
            switch (opcode) {
                case Pickle.PROTO -> protocol();
                case Pickle.MARK -> mark();
                case Pickle.NONE -> push(None.NONE);
                case Pickle.NEWTRUE -> push(true);
                case Pickle.NEWFALSE -> push(false);
                case Pickle.BININT -> push((long) bytes(Integer.BYTES).getInt());
                case Pickle.BININT1 -> push((long) unsignedByte());
                case Pickle.BININT2 ->
                    push((long) Short.toUnsignedInt(bytes(Short.BYTES).getShort()));
                case Pickle.LONG1 -> push(longInteger());
                case Pickle.BINFLOAT ->
                    push(bytes(Double.BYTES).order(ByteOrder.BIG_ENDIAN).getDouble());
                case Pickle.BINUNICODE ->
                    push(UTF_8.decode(bytes(bytes(Integer.BYTES).getInt())).toString());
                case Pickle.EMPTY_LIST, Pickle.EMPTY_TUPLE -> push(new ArrayList<>());
                case Pickle.APPEND -> append(List.of(pop()));
                case Pickle.APPENDS -> append(popToMark());
                case Pickle.TUPLE -> push(popToMark());
                case Pickle.TUPLE1 -> push(popTuple(1));
                case Pickle.TUPLE2 -> push(popTuple(2));
                case Pickle.TUPLE3 -> push(popTuple(3));
                case Pickle.EMPTY_DICT -> push(new LinkedHashMap<>());
                case Pickle.SETITEM -> setItems(popTuple(2));
                case Pickle.SETITEMS -> setItems(popToMark());
                case Pickle.BINPUT -> memo.put((long) unsignedByte(), peek());
                case Pickle.LONG_BINPUT -> memo.put((long) bytes(Integer.BYTES).getInt(), peek());
                case Pickle.BINGET -> push(remembered(unsignedByte()));
                case Pickle.LONG_BINGET -> push(remembered(bytes(Integer.BYTES).getInt()));
                case Pickle.GLOBAL -> push(new Global(line() + "." + line()));
                case Pickle.NEWOBJ, Pickle.REDUCE -> call();
                case Pickle.BUILD -> build();
                case Pickle.BINPERSID -> push(new Persistent(pop(List.class, "a storage's description")));
                case Pickle.STOP -> {
                    return pop();
                }
                default ->
                    throw new ArchiveException(String.format(
                            Locale.ROOT, "unknown pickle opcode 0x%02x at byte %d", opcode, in.position() - 1));
            }
        }
    }

    private void protocol() throws ArchiveException {
        int protocol = unsignedByte();
        if (protocol != 2) {
            throw new ArchiveException("pickle protocol " + protocol + " is not the one TorchScript uses, 2");
        }
    }

    private void mark() {
        marked.push(stack);
        stack = new ArrayList<>();
    }

    private List<Object> popToMark() throws ArchiveException {
        if (marked.isEmpty()) {
            throw new ArchiveException("pickle is damaged: it closes a group it never opened");
        }
        List<Object> group = stack;
        stack = marked.pop();
        return group;
    }

    private List<Object> popTuple(int size) throws ArchiveException {
        List<Object> tuple = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            tuple.add(0, pop());
        }
        return tuple;
    }

    private void append(List<Object> items) throws ArchiveException {
        List<Object> list = pop(List.class, "a list");
        list.addAll(items);
        push(list);
    }

    private void setItems(List<Object> keysAndValues) throws ArchiveException {
        if (keysAndValues.size() % 2 != 0) {
            throw new ArchiveException("pickle is damaged: a key has no value");
        }
        Map<Object, Object> map = pop(Map.class, "a dict");
        for (int i = 0; i < keysAndValues.size(); i += 2) {
            if (!(keysAndValues.get(i) instanceof String key)) {
                throw new ArchiveException("pickle has a dict whose keys are not names");
            }
            map.put(key, keysAndValues.get(i + 1));
        }
        push(map);
    }

    private void call() throws ArchiveException {
        List<Object> arguments = pop(List.class, "arguments");
        Global callee = pop(Global.class, "a name to call");
        push(new Call(callee, arguments));
    }

    private void build() throws ArchiveException {
        Map<Object, Object> state = pop(Map.class, "an object's state");
        push(new Instance(pop(Call.class, "an object").callee(), state));
    }

    private Object remembered(long key) throws ArchiveException {
        Object value = memo.get(key);
        if (value == null) {
            throw new ArchiveException("pickle is damaged: it refers to something it never held");
        }
        return value;
    }

    private void push(Object value) {
        stack.add(value);
    }

    private Object peek() throws ArchiveException {
        if (stack.isEmpty()) {
            throw new ArchiveException("pickle is damaged: it takes from an empty stack");
        }
        return stack.get(stack.size() - 1);
    }

    private Object pop() throws ArchiveException {
        Object value = peek();
        stack.remove(stack.size() - 1);
        return value;
    }

    /** Pops something that must be of that type; the type argument of a list or map is what this class puts in. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private <R> R pop(Class<? super R> type, String what) throws ArchiveException {
        Object value = pop();
        if (!type.isInstance(value)) {
            throw new ArchiveException("pickle is damaged: expected " + what + " before byte " + in.position());
        }
        return (R) value;
    }

    private long longInteger() throws ArchiveException {
        int length = unsignedByte();
        if (length > Long.BYTES) {
            throw new ArchiveException("pickle has an integer of " + length + " bytes, more than a long holds");
        }
        ByteBuffer digits = bytes(length);
        long value = 0;
        for (int i = 0; i < length; i++) {
            value |= (long) (digits.get(i) & 0xff) << (8 * i);
        }
        int unused = Long.SIZE - 8 * length;
        return length == 0 ? 0 : value << unused >> unused;
    }

    private String line() throws ArchiveException {
        StringBuilder line = new StringBuilder();
        for (int c = unsignedByte(); c != '\n'; c = unsignedByte()) {
            line.append((char) c);
        }
        return line.toString();
    }

    private int unsignedByte() throws ArchiveException {
        return bytes(1).get() & 0xff;
    }

    private ByteBuffer bytes(int length) throws ArchiveException {
        if (length < 0 || length > in.remaining()) {
            throw new ArchiveException("pickle is cut off at byte " + in.position());
        }
        ByteBuffer slice = in.slice(in.position(), length).order(ByteOrder.LITTLE_ENDIAN);
        in.position(in.position() + length);
        return slice;
    }
}
