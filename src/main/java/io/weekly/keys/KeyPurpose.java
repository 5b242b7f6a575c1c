package io.weekly.keys;

/**
 * What a key is derived for. Each purpose has its own key, so a weakness of one use of a key never concerns another use. The label of a
 * purpose never changes: with another label, everything that was made with its keys would be lost.
 */
public enum KeyPurpose {
    /** Encrypts the passwords of PDFs in the database (AES-256-GCM). */
    PDF_PASSWORD("pdf-password", "AES"),
    /** Compares the passwords of two requests with the same Idempotency-Key (HMAC-SHA256). */
    REQUEST_FINGERPRINT("request-fingerprint", "HmacSHA256"),
    /** Signs the tokens of links to files (HMAC-SHA256). */
    LINK("link", "HmacSHA256"),
    /** Protects the rows of links against changes in the database (HMAC-SHA256). */
    LINK_ROW("link-row", "HmacSHA256"),
    /** Signs the tokens of unsubscribe addresses in mails (HMAC-SHA256). */
    UNSUBSCRIBE("unsubscribe", "HmacSHA256"),
    /** Wraps the key sets that encrypt the files of tenants (AES-256-GCM). */
    FILE_KEYS("file-keys", "AES"),
    /** The seed of the key that signs the seals of the audit trail (Ed25519, RFC 8032). */
    SEAL("seal", "Ed25519"),
    /** Encrypts the secrets of webhooks in the database (AES-256-GCM). */
    WEBHOOK_SECRET("webhook-secret", "AES");

    private final String label;
    private final String algorithm;

    KeyPurpose(String label, String algorithm) {
        this.label = label;
        this.algorithm = algorithm;
    }

    String label() {
        return label;
    }

    /** The name that the JDK has for the algorithm of the keys. */
    String algorithm() {
        return algorithm;
    }
}
