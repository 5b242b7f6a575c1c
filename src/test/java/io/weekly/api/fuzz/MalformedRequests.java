package io.weekly.api.fuzz;

import jakarta.ws.rs.GET;
import java.util.List;

/** Bytes that are no correct HTTP request. HOST, SLUG and TOKEN stand for what the test puts there. */
final class MalformedRequests {

    private static final String GET = "GET /api/v1/reports HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n";
    private static final String POST =
            "POST /api/v1/reports HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\nContent-Type: application/json\r\n";
    private static final String PUT =
            "PUT /api/v1/tenants/SLUG/recipients HTTP/1.1\r\nHost: HOST\r\nContent-Type: application/x-ndjson\r\n";

    static final List<String> REQUESTS = List.of(
            "", "\r\n\r\n\r\n", "\0\0\0\0", "GET\r\n\r\n", "GET /\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "GET / HTTP/1.1 x\r\n\r\n",
            "GET  /  HTTP/1.1\r\n\r\n",
            "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003", "GET /api/v1/reports HTTP/1.0\r\n\r\n",
            "GET /api/v1/reports HTTP/1.1\r\nConnection: close\r\n\r\n",
            "GET api/v1/reports HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n",
            "GET * HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n", "OPTIONS * HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n",
            "GET http://other.test/api/v1/reports HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n",
            "CONNECT other.test:443 HTTP/1.1\r\nHost: HOST\r\n\r\n",
            "GET /api/v1/reports/%zz HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n",
            "GET /%zz HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n",
            "GET /api/v1/reports?a=%zz HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n",
            "GET /api/v1/\0 HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n",
            "GET /api/v1/\u00ff\u00fe HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n",
            "GET /api/v1/../../q/health HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n",
            "GET /api/v1/reports#x HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n",
            "GET //api//v1//reports HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n",
            GET + "Host: second\r\n\r\n", GET + "Host:\r\n\r\n", GET + "No colon here\r\n\r\n", GET + ": no name\r\n\r\n",
            GET + "a\0b: c\r\n\r\n", GET + "a: b\0c\r\n\r\n",
            GET + " folded: x\r\n\r\n", GET + "a: b\r\n c\r\n\r\n", GET + "\u00e9: \u00e9\r\n\r\n", GET + "a b: c\r\n\r\n",
            GET + "X: " + "x".repeat(200_000) + "\r\n\r\n",
            GET + "X: y\r\n".repeat(5_000) + "\r\n", "GET /" + "a".repeat(200_000) + " HTTP/1.1\r\nHost: HOST\r\n\r\n",
            GET + "Content-Length: 5\r\n\r\nhello",
            GET + "Range: bytes=0-\r\nRange: bytes=1-\r\n\r\n", GET + "Authorization: Bearer a\r\nAuthorization: Bearer b\r\n\r\n",
            GET + "Authorization: Bearer \0\r\n\r\n",
            POST + "Content-Length: -1\r\n\r\n{}", POST + "Content-Length: abc\r\n\r\n{}",
            POST + "Content-Length: 99999999999999999999\r\n\r\n{}",
            POST + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", POST + "Content-Length: 2, 2\r\n\r\n{}",
            POST + "Content-Length: +2\r\n\r\n{}", POST + "Content-Length: 100\r\n\r\n{}",
            POST + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
            POST + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
            POST + "Transfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n",
            POST + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n{}",
            POST + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}{}{}\r\n0\r\n\r\n",
            POST + "Transfer-Encoding: chunked\r\n\r\n2;x=y\r\n{}\r\n0\r\nTrailer: x\r\n\r\n",
            POST + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n", POST + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
            POST + "Transfer-Encoding: nonsense\r\n\r\n{}",
            POST + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
            POST + "Expect: nonsense\r\nContent-Length: 2\r\n\r\n{}",
            POST + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n{}",
            POST + "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n");

    /** Incomplete requests: the server waits for more bytes. */
    static final List<String> STOPPED = List.of(
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "GET /api/v1/rep", "GET /api/v1/reports HTTP/1.1\r\nHost: HO",
            POST + "Content-Length: 100\r\n\r\n{",
            POST + "Authorization: Bearer TOKEN\r\nContent-Length: 100\r\n\r\n{",
            POST + "Authorization: Bearer TOKEN\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{",
            PUT + "Authorization: Bearer TOKEN\r\nContent-Length: 100000\r\n\r\n{\"userId\": \"u-1\"",
            PUT + "Authorization: Bearer TOKEN\r\nTransfer-Encoding: chunked\r\n\r\nfff\r\n{\"userId\"");

    private MalformedRequests() {}
}
