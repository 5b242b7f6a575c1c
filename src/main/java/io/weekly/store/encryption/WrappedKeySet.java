package io.weekly.store.encryption;

/**
 * The key set of a tenant as it is in the database.
 *
 * @param keyId the key of the keyring that it is wrapped with
 * @param text Base64. It is encrypted, so it may be shown
 */
record WrappedKeySet(int tenantId, String keyId, String text) {}
