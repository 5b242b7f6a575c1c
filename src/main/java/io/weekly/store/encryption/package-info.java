/** Encrypts the files of tenants. */
@NullMarked
package io.weekly.store.encryption;

import org.jspecify.annotations.NullMarked;
