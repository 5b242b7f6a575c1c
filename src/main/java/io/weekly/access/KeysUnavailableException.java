package io.weekly.access;

import io.smallrye.jwt.auth.principal.ParseException;

/** No token can be checked at the moment, because the keys of the token issuer are not known. It says nothing about the token. */
class KeysUnavailableException extends ParseException {

    KeysUnavailableException() {
        super("the keys of the token issuer are not known");
    }
}
