package io.weekly.store.encryption;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Which file this is. It is the associated data of the encryption: a file can be decrypted only with the identity that it was encrypted
 * with. So a file that was swapped with another one is refused. The hash is a part of it, so the database's row and the file belong
 * together: an older file of the same report and format is refused too.
 *
 * @param tenantId the number of the tenant
 * @param reportId 32 hex digits
 * @param format as in the table {@code file}
 * @param sha256 of the plain file, 64 hex digits
 */
public record FileIdentity(int tenantId, String reportId, String format, String sha256) {

    /** Changes if the meaning of the associated data changes. With another value, no older file could be decrypted. */
    private static final String VERSION = "weekly-reports file 1";

    /** Each field with its length before it. So two identities never have the same bytes. */
    byte[] associatedData() {
        var bytes = new ByteArrayOutputStream();
        for (var field : List.of(VERSION, Integer.toString(tenantId), reportId, format, sha256)) {
            var text = field.getBytes(StandardCharsets.UTF_8);
            bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(text.length).array());
            bytes.writeBytes(text);
        }
        return bytes.toByteArray();
    }
}
