package dev.laurel.predictor;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tribuo.classification.protos.ImmutableLabelInfoProto;
import org.tribuo.classification.protos.LabelProto;
import org.tribuo.common.tree.protos.LeafNodeProto;
import org.tribuo.common.tree.protos.SplitNodeProto;
import org.tribuo.common.tree.protos.TreeModelProto;
import org.tribuo.protos.core.CategoricalIDInfoProto;
import org.tribuo.protos.core.ImmutableFeatureMapProto;
import org.tribuo.protos.core.RealIDInfoProto;
import org.tribuo.protos.core.WeightedEnsembleModelProto;

/** Walks the messages of a random forest, into each {@code Any} that holds another message as bytes. */
final class TribuoMessages {
    private static final Map<String, Message> KNOWN = Stream.<Message>of(
                    WeightedEnsembleModelProto.getDefaultInstance(),
                    TreeModelProto.getDefaultInstance(),
                    SplitNodeProto.getDefaultInstance(),
                    LeafNodeProto.getDefaultInstance(),
                    LabelProto.getDefaultInstance(),
                    ImmutableLabelInfoProto.getDefaultInstance(),
                    ImmutableFeatureMapProto.getDefaultInstance(),
                    RealIDInfoProto.getDefaultInstance(),
                    CategoricalIDInfoProto.getDefaultInstance())
            .collect(Collectors.toUnmodifiableMap(
                    message -> message.getDescriptorForType().getFullName(), Function.identity()));

    /** A random forest nests twelve deep; a file may not make the walk nest without end. */
    private static final int DEEPEST = 20;

    private TribuoMessages() {}

    /** The bytes of a message, with map entries in the order of their keys. */
    static byte[] bytes(Message message) {
        byte[] bytes = new byte[message.getSerializedSize()];
        CodedOutputStream coded = CodedOutputStream.newInstance(bytes);
        coded.useDeterministicSerialization();
        try {
            message.writeTo(coded);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes;
    }

    /** The message with {@code replacement} for every message in it that has its type. */
    static Message replace(Message message, Message replacement) {
        if (message.getDescriptorForType() == replacement.getDescriptorForType()) {
            return replacement;
        }
        if (message instanceof Any any) {
            Message content = replace(unpack(any), replacement);
            return any.toBuilder().setValue(ByteString.copyFrom(bytes(content))).build();
        }
        Message.Builder builder = message.toBuilder();
        message.getAllFields().forEach((field, value) -> {
            if (field.getJavaType() == JavaType.MESSAGE) {
                builder.setField(
                        field,
                        field.isRepeated()
                                ? messages(value)
                                        .map(each -> replace(each, replacement))
                                        .toList()
                                : replace((Message) value, replacement));
            }
        });
        return builder.build();
    }

    /**
     * Shows each message to {@code visitor}, outer ones first.
     *
     * @param visitor says whether to go on inside the message
     * @throws InvalidModelFileException when a message is broken, unknown or nested too deep
     */
    static void visit(Message message, Predicate<Message> visitor) {
        visit(message, visitor, 0);
    }

    private static void visit(Message message, Predicate<Message> visitor, int depth) {
        if (depth > DEEPEST) {
            throw new InvalidModelFileException("messages nested deeper than " + DEEPEST);
        }
        if (message instanceof Any any) {
            visit(unpack(any), visitor, depth + 1);
            return;
        }
        if (!visitor.test(message)) {
            return;
        }
        message.getAllFields().forEach((field, value) -> {
            if (field.getJavaType() == JavaType.MESSAGE) {
                messages(value).forEach(each -> visit(each, visitor, depth + 1));
            }
        });
    }

    private static Stream<Message> messages(Object value) {
        return value instanceof List<?> list ? list.stream().map(Message.class::cast) : Stream.of((Message) value);
    }

    private static Message unpack(Any any) {
        String type = any.getTypeUrl().substring(any.getTypeUrl().lastIndexOf('/') + 1);
        Message known = KNOWN.get(type);
        if (known == null) {
            throw new InvalidModelFileException("message type " + type + " is not one of a random forest");
        }
        try {
            return known.getParserForType().parseFrom(any.getValue());
        } catch (InvalidProtocolBufferException e) {
            throw new InvalidModelFileException("message " + type + " is broken: " + e.getMessage(), e);
        }
    }
}
