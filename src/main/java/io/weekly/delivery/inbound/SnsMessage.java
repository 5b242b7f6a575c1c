package io.weekly.delivery.inbound;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message of Amazon SNS to an HTTP endpoint, as in "Parsing Amazon SNS message formats" of the Amazon SNS Developer Guide
 * (https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html). Texts are as sent; nothing of it is verified.
 */
record SnsMessage(
        Type type,
        String messageId,
        String topicArn,
        String message,
        String timestamp,
        String signatureVersion,
        String signature,
        String signingCertUrl,
        @Nullable String subject,
        @Nullable String subscribeUrl,
        @Nullable String token) {

    /** The type. */
    enum Type {
        NOTIFICATION("Notification"),
        SUBSCRIPTION("SubscriptionConfirmation"),
        UNSUBSCRIPTION("UnsubscribeConfirmation");

        private final String text;

        Type(String text) {
            this.text = text;
        }

        static Optional<Type> of(@Nullable String text) {
            return Arrays.stream(values()).filter(type -> type.text.equals(text)).findFirst();
        }

        /** The fields that its signature covers, in this order. */
        private List<String> signed() {
            return this == NOTIFICATION
                    ? List.of("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type")
                    : List.of("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type");
        }
    }

    /** The message; empty if the JSON is none. */
    static Optional<SnsMessage> of(JsonNode json) {
        return Type.of(text(json, "Type")).flatMap(type -> {
            var required = List.of("MessageId", "TopicArn", "Message", "Timestamp", "SignatureVersion", "Signature", "SigningCertURL");
            var isConfirmation = type != Type.NOTIFICATION;
            if (required.stream().anyMatch(name -> text(json, name) == null)
                    || isConfirmation && (text(json, "SubscribeURL") == null || text(json, "Token") == null)) {
                return Optional.empty();
            }
            return Optional.of(new SnsMessage(
                    type, need(json, "MessageId"), need(json, "TopicArn"), need(json, "Message"), need(json, "Timestamp"),
                    need(json, "SignatureVersion"), need(json, "Signature"), need(json, "SigningCertURL"),
                    text(json, "Subject"), text(json, "SubscribeURL"), text(json, "Token")));
        });
    }

    private static String need(JsonNode json, String name) {
        return json.path(name).asText();
    }

    private static @Nullable String text(JsonNode json, String name) {
        return json.path(name).isTextual() ? json.path(name).asText() : null;
    }

    /** What the signature covers: each field that the message has as two lines, its name and its value. */
    String signedText() {
        var text = new StringBuilder();
        for (var name : type.signed()) {
            var value = value(name);
            if (value != null) {
                text.append(name).append('\n').append(value).append('\n');
            }
        }
        return text.toString();
    }

    private @Nullable String value(String name) {
        return switch (name) {
            case "Message" -> message;
            case "MessageId" -> messageId;
            case "Subject" -> subject;
            case "SubscribeURL" -> subscribeUrl;
            case "Timestamp" -> timestamp;
            case "Token" -> token;
            case "TopicArn" -> topicArn;
            default -> type.text;
        };
    }
}
