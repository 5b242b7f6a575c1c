package io.weekly.api.http;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;

/** The response to a request that created something. */
public final class CreatedResponse {

    private CreatedResponse() {}

    /** 201 with the new thing. Its address is that of its list plus its name. */
    public static Response at(UriInfo list, String name, Object thing) {
        var location = list.getAbsolutePathBuilder().path("{name}").build(name);
        return at(location).entity(thing).type(MediaType.APPLICATION_JSON).build();
    }

    /** A 201 without a body. */
    public static ResponseBuilder at(URI address) {
        return Response.status(Response.Status.CREATED).header(HttpHeaders.LOCATION, Locations.path(address));
    }
}
