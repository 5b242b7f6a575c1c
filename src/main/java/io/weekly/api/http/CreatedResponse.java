package io.weekly.api.http;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** The response to a request that created something. */
public final class CreatedResponse {

    private CreatedResponse() {}

    /** 201 with the new thing. Its address is that of its list plus its name. */
    public static Response at(UriInfo list, String name, Object thing) {
        var location = list.getAbsolutePathBuilder().path("{name}").build(name);
        return Response.created(location).entity(thing).type(MediaType.APPLICATION_JSON).build();
    }
}
