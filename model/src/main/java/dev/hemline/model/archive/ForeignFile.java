package dev.hemline.model.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells what a file is that people take for a TorchScript archive, by its first bytes and its zip directory. It unpacks and
 * runs nothing.
 */
public final class ForeignFile {
    /** Where a pickle names classes, and where a page begins: enough for both, and soon looked through. */
    private static final int LOOKED_AT = 1 << 20;

    private static final String SCRIPT = "torch.jit.script(model.eval()).save(\"model.pt\")";
    private static final String FROM_TRAINING =
            "Hemline runs TorchScript only; export the network from PyTorch: " + SCRIPT;
    private static final String FROM_ONNX = "Hemline runs TorchScript only; export the network from PyTorch, " + SCRIPT
            + ", or convert this file: pip install onnx2torch, then"
            + " torch.jit.trace(onnx2torch.convert(\"FILE.onnx\").eval(), torch.rand(1, 3, 224, 224)).save(\"model.pt\")";

    private static final String WEIGHTS =
            "weights without the network that they belong to (%s); load them into it and save"
                    + " both: model.load_state_dict(%s); " + SCRIPT;
    private static final String MODULE =
            "a pickled Python object, %s, which runs only where its source code is; save it as"
                    + " TorchScript: torch.jit.script(torch.load(\"FILE\", weights_only=False).eval()).save(\"model.pt\")";
    private static final String EXPORTED = "a program of torch.export (.pt2); save it as TorchScript:"
            + " torch.jit.trace(torch.export.load(\"FILE.pt2\").module(), torch.rand(1, 3, 224, 224)).save(\"model.pt\")";

    /** What files of other kinds begin with, byte for character, after so many others. */
    private record Beginning(int after, String bytes, String kind) {
        boolean fits(String head) {
            return head.startsWith(bytes, after);
        }
    }

    private static final List<Beginning> BEGINNINGS = List.of(
            new Beginning(
                    0,
                    "version https://git-lfs.github.com/",
                    "a pointer of Git LFS, not what it points at; fetch that by: git lfs pull"),
            new Beginning(0, "\u0089HDF\r\n\u001a\n", "HDF5, as Keras writes it (.h5); " + FROM_TRAINING),
            new Beginning(4, "TFL3", "a model for TensorFlow Lite; " + FROM_TRAINING),
            new Beginning(0, "\b\u0001\u0012", "TensorFlow's saved_model.pb; " + FROM_TRAINING),
            new Beginning(0, "GGUF", "a language model for llama.cpp (GGUF), and classifies no pictures"),
            new Beginning(0, "\u0093NUMPY", "an array of NumPy (.npy), no network; " + FROM_TRAINING),
            new Beginning(0, "\u001f\u008b", "packed by gzip; unpack it first: gunzip FILE.gz"),
            new Beginning(0, "BZh", "packed by bzip2; unpack it first: bunzip2 FILE.bz2"),
            new Beginning(0, "\u00fd7zXZ", "packed by xz; unpack it first: unxz FILE.xz"),
            new Beginning(0, "7z\u00bc\u00af", "packed by 7-Zip; unpack it first"),
            new Beginning(257, "ustar", "a tar archive; unpack it first: tar xf FILE"),
            new Beginning(0, "\u0089PNG", "a picture, no model"),
            new Beginning(0, "\u00ff\u00d8\u00ff", "a picture, no model"));

    /** Pickle protocol 2 with the number by which torch.save marked its files before they were zips. */
    private static final String LEGACY_SAVE = "\u0080\u0002\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019.";

    private static final Pattern PAGE = Pattern.compile("(?is)\\s*<(!doctype|html|\\?xml|head|body|error)\\b");
    private static final Pattern PICKLE = Pattern.compile("(?s)\u0080[\u0002-\u0005]");
    /** IR version 2 to 20, then the producer, its version, the graph or the operators' versions. */
    private static final Pattern ONNX = Pattern.compile("(?s)\b[\u0002-\u0014][\u0012\u001a\\x22*2:B]");
    /** The length of the header as eight bytes, of which it needs no more than four, and then JSON. */
    private static final Pattern SAFETENSORS = Pattern.compile("(?s)....\0\0\0\0\\{");
    /** What a pickle of protocol 2, which torch.save writes, says for a class. */
    private static final Pattern CLASS = Pattern.compile("c([A-Za-z_][\\w.]{0,200})\n([A-Za-z_][\\w.]{0,200})\n");

    private static final Pattern BINARY = Pattern.compile("[\\x00-\\x08\\x0e-\\x1a\\x1c-\\x1f]");

    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
    private static final int LONGEST_NAME = 100;

    private static final Set<String> OF_WEIGHTS =
            Set.of("collections", "torch", "torch._utils", "_codecs", "torch.storage");

    private ForeignFile() {}

    /**
     * What the file is, and how to come by a TorchScript archive instead, as the end of a sentence about it; empty for what
     * looks like such an archive.
     */
    public static Optional<String> whatItIs(byte[] file) {
        // The names of entries and classes are somebody's own.
        return kind(file).map(kind -> UNPRINTABLE.matcher(kind).replaceAll("?"));
    }

    private static Optional<String> kind(byte[] file) {
        if (file.length == 0) {
            return Optional.of("empty; copy or download it again");
        }
        String head = new String(file, 0, Math.min(file.length, LOOKED_AT), ISO_8859_1);
        if (head.startsWith("PK\u0003\u0004")) {
            return whatZipItIs(file);
        }
        if (head.startsWith(LEGACY_SAVE)) {
            return Optional.of(pickled(head));
        }
        return BEGINNINGS.stream()
                .filter(beginning -> beginning.fits(head))
                .map(Beginning::kind)
                .findFirst()
                .or(() -> whatMatches(head));
    }

    private static Optional<String> whatMatches(String head) {
        if (PAGE.matcher(head).lookingAt()) {
            return Optional.of(
                    "a web page, no model: what was downloaded is somebody's answer, a login or an error; look at"
                            + " it in a browser and download the file itself");
        }
        if (SAFETENSORS.matcher(head).lookingAt()) {
            return Optional.of(WEIGHTS.formatted("safetensors", "safetensors.torch.load_file(\"FILE.safetensors\")"));
        }
        if (ONNX.matcher(head).lookingAt()) {
            return Optional.of("a model in ONNX; " + FROM_ONNX);
        }
        if (PICKLE.matcher(head).lookingAt()) {
            return Optional.of("a Python pickle, which no torch.jit.save wrote; " + FROM_TRAINING);
        }
        return Optional.of(
                (BINARY.matcher(head).find() ? "no zip file, as those are" : "a text") + "; " + FROM_TRAINING);
    }

    private static Optional<String> whatZipItIs(byte[] file) {
        List<String> names;
        try {
            names = StoredZip.names(file);
        } catch (ArchiveException e) {
            return Optional.of(
                    "a zip file that is cut off or damaged (" + e.getMessage() + "); copy or download it again");
        }
        if (any(names, name -> name.contains("/code/")) || any(names, name -> name.endsWith("/constants.pkl"))) {
            return Optional.empty();
        }
        Optional<String> pickle = names.stream()
                .filter(name -> name.endsWith("/data.pkl") && name.indexOf('/') == name.lastIndexOf('/'))
                .findFirst();
        if (pickle.isPresent()) {
            return Optional.of(pickled(content(file, pickle.get())));
        }
        if (any(names, name -> name.equals("serialized_exported_program.json") || name.endsWith("/archive_format"))) {
            return Optional.of(EXPORTED);
        }
        if (any(names, name -> name.equals("model.weights.h5"))) {
            return Optional.of("a model of Keras (.keras); " + FROM_TRAINING);
        }
        if (any(names, name -> name.startsWith("MAR-INF/"))) {
            return Optional.of("an archive for TorchServe (.mar); unpack it and publish the .pt file inside");
        }
        Optional<String> inside = names.stream()
                .filter(name -> name.toLowerCase(Locale.ROOT).matches(".*\\.(pt|pth|ts|torchscript)"))
                .findFirst();
        return Optional.of(inside.map(
                        name -> "a zip file with " + shortened(name) + " in it; unpack it and publish that")
                .orElseGet(() -> "a zip file of something else: it has "
                        + names.stream().findFirst().map(ForeignFile::shortened).orElse("nothing")
                        + " in it, and neither code nor data.pkl; "
                        + FROM_TRAINING));
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "…";
    }

    private static boolean any(List<String> names, Predicate<String> wanted) {
        return names.stream().anyMatch(wanted);
    }

    private static String content(byte[] file, String name) {
        try {
            ByteBuffer bytes = StoredZip.read(file, name::equals).getOrDefault(name, ByteBuffer.allocate(0));
            return ISO_8859_1
                    .decode(bytes.limit(Math.min(bytes.limit(), LOOKED_AT)))
                    .toString();
        } catch (ArchiveException e) {
            return "";
        }
    }

    /** A class that is none of those of which weights are made is a network, or what else was pickled. */
    private static String pickled(String pickle) {
        Matcher classes = CLASS.matcher(pickle);
        while (classes.find()) {
            if (!OF_WEIGHTS.contains(classes.group(1))) {
                return MODULE.formatted(classes.group(1) + "." + classes.group(2));
            }
        }
        return WEIGHTS.formatted("a state_dict or checkpoint of torch.save", "torch.load(\"FILE\")");
    }
}
