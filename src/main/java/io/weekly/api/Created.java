package io.weekly.api;

import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** The answer to a request that made something. */
final class Created {

    private Created() {}

    /** 201 with the new thing and its address: that of its list, and its name there. */
    static <T> RestResponse<T> at(UriInfo list, String name, T thing) {
        var location = list.getAbsolutePathBuilder().path("{name}").build(name);
        return ResponseBuilder.<T>created(location).entity(thing).build();
    }
}
