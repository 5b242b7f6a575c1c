package io.weekly.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Sends what Amazon SNS sends, with a key and certificate of its own. */
public final class SnsSender {

    /** Making a key takes long. The genuine sender has the same in all tests, with a certificate for each. */
    private static KeyPair genuine;

    private final KeyPair keys;
    private final String url;
    private final byte[] certificate;

    /** With a certificate for this subject that is valid for this time from now, at this address. */
    public SnsSender(String subject, Duration from, Duration to, int bits, String url) {
        this(pair(bits), subject, from, to, url);
    }

    private SnsSender(KeyPair keys, String subject, Duration from, Duration to, String url) {
        try {
            this.keys = keys;
            this.url = url;
            var now = Instant.now();
            var name = new X500Principal(subject);
            var encoded = new JcaX509v3CertificateBuilder(
                    name, BigInteger.TEN, Date.from(now.plus(from)), Date.from(now.plus(to)), name, keys.getPublic())
                            .build(new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate())).getEncoded();
            this.certificate = ("-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded)
                    + "\n-----END CERTIFICATE-----\n").getBytes(StandardCharsets.US_ASCII);
        } catch (OperatorCreationException | IOException e) {
            throw new IllegalStateException("this JDK makes no certificates", e);
        }
    }

    private static KeyPair pair(int bits) {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK makes no keys", e);
        }
    }

    /** A genuine one, with its certificate at this path of the server. */
    public static synchronized SnsSender genuine(AmazonServer amazon, String path) {
        genuine = genuine == null ? pair(2048) : genuine;
        var sender = new SnsSender(
                genuine, "CN=sns.amazonaws.com,O=Amazon", Duration.ofDays(-1), Duration.ofDays(1),
                "https://sns.eu-west-1.amazonaws.com" + path);
        amazon.put(path, 200, sender.certificate);
        return sender;
    }

    public byte[] certificate() {
        return certificate;
    }

    /** The fields of a notification, not signed yet. */
    public Map<String, String> notification(String topic, Object message) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("Type", "Notification");
        fields.put("MessageId", UUID.randomUUID().toString());
        fields.put("TopicArn", topic);
        fields.put("Subject", "Amazon SES Email Event Notification");
        fields.put("Message", message instanceof String text ? text : json(message));
        fields.put("Timestamp", Instant.now().toString());
        fields.put("SignatureVersion", "2");
        fields.put("SigningCertURL", url);
        fields.put("UnsubscribeURL", "https://sns.eu-west-1.amazonaws.com/?Action=Unsubscribe");
        return fields;
    }

    /** The fields of a message about the subscription itself. */
    public Map<String, String> confirmation(String type, String topic, String subscribeUrl) {
        var fields = notification(topic, "You have chosen to subscribe");
        fields.put("Type", type);
        fields.remove("Subject");
        fields.put("Token", "2336412f37");
        fields.put("SubscribeURL", subscribeUrl);
        return fields;
    }

    /** Signs the fields as Amazon documents it; returns the body of the request. */
    public String signed(Map<String, String> fields) {
        try {
            var signature = Signature.getInstance(fields.get("SignatureVersion").equals("1") ? "SHA1withRSA" : "SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(text(fields).getBytes(StandardCharsets.UTF_8));
            fields.put("Signature", Base64.getEncoder().encodeToString(signature.sign()));
            return json(fields);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK signs nothing", e);
        }
    }

    private static String text(Map<String, String> fields) {
        var names = fields.get("Type").equals("Notification")
                ? List.of("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type")
                : List.of("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type");
        var lines = new ArrayList<String>();
        for (var name : names) {
            if (fields.containsKey(name)) {
                lines.add(name + "\n" + fields.get(name) + "\n");
            }
        }
        return String.join("", lines);
    }

    public static String json(Object value) {
        try {
            return new ObjectMapper().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map could not be written as JSON", e);
        }
    }
}
