package io.weekly.api.http;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerHttpResponse;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/**
 * Sends {@link FileChunks}, one after the other. The next chunk is read when the last one is written to the connection, so a slow client
 * keeps one chunk in memory. If a chunk cannot be read, the connection is closed: the headers have promised more bytes, so the client sees
 * that the file is incomplete.
 */
@Provider
public class FileChunksWriter implements ServerMessageBodyWriter<FileChunks> {

    @Override
    public boolean isWriteable(Class<?> type, Type genericType, ResteasyReactiveResourceInfo target, MediaType mediaType) {
        return type == FileChunks.class;
    }

    @Override
    public boolean isWriteable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return type == FileChunks.class;
    }

    @Override
    public void writeResponse(FileChunks file, Type genericType, ServerRequestContext context) {
        var request = (ResteasyReactiveRequestContext) context;
        var response = context.serverResponse();
        request.suspend();
        send(file, response).subscribe().with(
                _ -> {
                    response.end();
                    request.resume();
                },
                _ -> {
                    // Whoever reads the chunks has logged why. A client that has gone away is nothing to log.
                    response.reset();
                    request.resume();
                });
    }

    private static Uni<Long> send(FileChunks file, ServerHttpResponse response) {
        return Multi.createBy()
                .repeating()
                .uni(AtomicLong::new, sent -> file.from(sent.get()).flatMap(chunk -> Uni.createFrom()
                        .completionStage(() -> response.write(chunk))
                        .map(_ -> sent.addAndGet(chunk.length))))
                .whilst(sent -> sent < file.bytes())
                .collect()
                .last();
    }

    @Override
    public void writeTo(
            FileChunks file, Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType,
            MultivaluedMap<String, Object> headers, OutputStream body) {
        throw new UnsupportedOperationException("only writeResponse writes files");
    }
}
