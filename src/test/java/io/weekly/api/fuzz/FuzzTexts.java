package io.weekly.api.fuzz;

import java.util.List;

/** Paths, headers and media types that are wrong, or that few clients send. */
final class FuzzTexts {

    static final List<String> BROKEN_PATHS = List.of(
            "%zz", "%", "%u1234", "%00", "%0a", "%2e%2e", "..", ".", "%2F", "a%2Fb", "%5c", ";a=b", "x;y", "%c0%ae", "%ed%a0%80", "%ff",
            "%F0%9F%98%80", "%E2%80%AE", "+", "*", "a//b", "");

    static final List<String> HEADERS = List.of(
            "Accept: */*;q=0", "Accept: text/html", "Accept: application/json;q=abc", "Accept: /", "Accept: ;;;", "Accept: a/b,,c/d;e",
            "Accept: application/xml;q=0.9, application/json;q=0.1", "Accept-Encoding: gzip", "Accept-Encoding: *;q=0",
            "Accept-Encoding: gzip;q=x, br, ,",
            "Accept-Language: xx-invalid-*;q=2", "Accept-Charset: utf-16", "If-None-Match: *", "If-None-Match: W/\"",
            "If-None-Match: \"\"", "If-None-Match: \"a\", \"b\", W/\"c\"",
            "If-None-Match: \"j999999999999999999-0123456789abcdef0123456789abcdef\"",
            "If-None-Match: \"j0-00000000000000000000000000000000\"",
            "If-None-Match: \"r999999999-999999999999999-0123456789abcdef0123456789abcdef\"",
            "If-None-Match: \"r99999999999-1-0123456789abcdef0123456789abcdef\"",
            "If-Match: \"x\"", "If-Match: nonsense", "If-Modified-Since: yesterday", "If-Modified-Since: Mon, 23 Nov 2026 11:30:00 GMT",
            "If-Unmodified-Since: 0",
            "Range: bytes=0-", "Range: bytes=-1", "Range: bytes=-0", "Range: bytes=999999999999999999-", "Range: bytes=5-2",
            "Range: bytes=0-0,1-1",
            "Range: bytes=99999999999999999999999-", "Range: lines=1-2", "Range: bytes", "If-Range: \"x\"", "If-Range: nonsense",
            "Origin: https://other.test", "Origin: null",
            "X-HTTP-Method-Override: DELETE", "X-Forwarded-Host: evil.test", "X-Forwarded-For: \u00ff", "Forwarded: host=evil",
            "Cookie: a=b; ;c", "Expect: 100-continue",
            "Idempotency-Key: ", "Idempotency-Key: \u00fc", "Idempotency-Key:  leading", "Content-Language: xx", "Content-Encoding: gzip",
            "Content-Encoding: nonsense", "TE: trailers",
            "Upgrade: websocket", "Sec-WebSocket-Key: x", "X-Nothing: \u0080\u00ff", "traceparent: 00-zz-zz-00",
            "Accept: application/json", "Access-Control-Request-Method: FOO");

    static final List<String> TYPES = List.of(
            "text/plain", "application/xml", "application/json;charset=utf-16", "application/json;charset=nonsense",
            "application/json; charset=\"", "application/jsonp",
            "application/*+json", "nonsense", "/", "*/*", ";", "multipart/form-data", "multipart/form-data; boundary=x",
            "application/x-www-form-urlencoded",
            "application/x-ndjson; charset=utf-16", "application/x-ndjson;;", "APPLICATION/JSON", "application/json; charset=ISO-8859-1",
            "image/png", "image/svg+xml", "\u00ff/\u00fe");

    private FuzzTexts() {}
}
