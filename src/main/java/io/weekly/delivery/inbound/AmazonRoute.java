package io.weekly.delivery.inbound;

import jakarta.enterprise.context.ApplicationScoped;

/** Where an address of Amazon leads: to itself. Tests replace this bean, because they cannot answer for Amazon's hosts. */
@ApplicationScoped
class AmazonRoute {

    String to(AmazonAddress address) {
        return address.uri().toString();
    }
}
