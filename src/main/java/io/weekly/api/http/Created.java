package io.weekly.api.http;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** The answer to a request that made something. */
public final class Created {

    private Created() {}

    /** 201 with the new thing and its address: that of its list, and its name there. */
    public static Response at(UriInfo list, String name, Object thing) {
        var location = list.getAbsolutePathBuilder().path("{name}").build(name);
        return Response.created(location).entity(thing).type(MediaType.APPLICATION_JSON).build();
    }
}
