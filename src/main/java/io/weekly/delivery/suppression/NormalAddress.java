package io.weekly.delivery.suppression;

import io.weekly.text.EmailAddress;

/**
 * The form in which addresses are compared: in lower case, with the A-label of the domain. Mail systems ignore the case of the domain (RFC
 * 5321, section 2.4). They may tell local parts apart by their case, but no widely used one does. A mail system that bounces a mail may
 * write the address in another case.
 */
final class NormalAddress {

    private NormalAddress() {}

    static String of(String address) {
        return EmailAddress.comparison(address);
    }
}
