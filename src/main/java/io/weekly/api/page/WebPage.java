package io.weekly.api.page;

import io.weekly.render.brand.Brand;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;

/**
 * A page for a person: one card with a heading in the colour of a tenant. It loads nothing and runs nothing. Its policy allows exactly its
 * own style, by the hash of the style.
 *
 * @param color of the tenant, such as {@code #0a66c2}; any other text stands for the default colour
 * @param sender stands over the title; empty for nothing
 * @param content HTML, escaped by whoever made it
 */
record WebPage(PageTexts texts, String color, String sender, String title, String content) {

    private static final String STYLE =
            """
            :root{color-scheme:light dark;--page:#f2f4f6;--card:#fff;--text:#1b1f24;--muted:#5b646e;--line:#dfe3e8;--edge:#8b949e;
            --good:#e6f4ea;--good-text:#17693a;--note:#fdf3dc;--note-text:#6b4700}
            @media(prefers-color-scheme:dark){:root{--page:#121518;--card:#1d2227;--text:#eceff2;--muted:#aab3bd;--line:#353c44;
            --edge:#77818c;--good:#17331f;--good-text:#a3dfb5;--note:#3a2f14;--note-text:#f0d79a}}
            *{box-sizing:border-box}
            body{margin:0;background:var(--page);color:var(--text);overflow-wrap:anywhere;
            font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif}
            main{max-width:40rem;margin:0 auto;padding:1rem}
            .card{background:var(--card);border:1px solid var(--line);border-radius:12px;overflow:hidden}
            header{background:var(--fill);color:var(--on-fill);padding:1.4rem 1.5rem}
            header p{margin:0 0 .15rem;font-size:.9375rem;font-weight:600}
            h1{margin:0;font-size:1.375rem;line-height:1.25;overflow-wrap:break-word;text-wrap:balance}
            .text{margin:0;padding:1.4rem 1.5rem}
            .box{margin:1.4rem 1.5rem 0;padding:.7rem 1rem;border-radius:8px;font-weight:600}
            .good{background:var(--good);color:var(--good-text)}
            .note{background:var(--note);color:var(--note-text)}
            section{padding:1.25rem 1.5rem;border-top:1px solid var(--line)}
            h2{margin:0;font-size:1rem;line-height:1.4}
            section p{margin:.1rem 0 0;color:var(--muted)}
            form{margin:.9rem 0 0}
            button{width:100%;min-height:44px;padding:.5rem 1rem;border:1px solid var(--edge);border-radius:8px;background:transparent;
            color:inherit;font:inherit;font-weight:600;line-height:1.3;cursor:pointer;overflow-wrap:break-word}
            button:hover{text-decoration:underline}
            button:focus-visible{outline:3px solid var(--text);outline-offset:2px}
            .first{background:var(--fill);border-color:var(--fill-edge);color:var(--on-fill)}
            @media(min-width:36rem){main{padding:3rem 1rem}h1{font-size:1.5rem}
            section{display:flex;align-items:center;justify-content:space-between;gap:1.5rem}
            section>div{flex:1 1 0}
            form{flex:0 0 15rem;margin:0}}
            """;
    private static final String HTML =
            """
            <!DOCTYPE html>
            <html lang="%s">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            <meta name="color-scheme" content="light dark">
            <title>%s</title>
            <style>%s</style>
            </head>
            <body>
            <main>
            <div class="card">
            <header>
            %s<h1>%s</h1>
            </header>
            %s</div>
            </main>
            </body>
            </html>
            """;

    /** The response with this page. No cache keeps it, and no search engine lists it. */
    Response response(int status) {
        var style = STYLE + colours(Brand.of(color));
        var over = sender.isEmpty() ? "" : "<p>" + Html.escape(sender) + "</p>\n";
        var name = Html.escape(title);
        var page = HTML.formatted(Html.escape(texts.language()), name, style, over, name, content);
        return Response.status(status)
                .type("text/html;charset=UTF-8")
                .header(HttpHeaders.CONTENT_LANGUAGE, texts.language())
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("Content-Security-Policy", policy(style))
                .header("Referrer-Policy", "no-referrer")
                .header("X-Robots-Tag", "noindex")
                .entity(page)
                .build();
    }

    /** In the dark, the edge shows where a dark button ends. */
    private static String colours(Brand brand) {
        return """
                :root{--fill:%1$s;--on-fill:%2$s;--fill-edge:%1$s}
                @media(prefers-color-scheme:dark){:root{--fill-edge:var(--edge)}}
                """.formatted(brand.fill(), brand.onFill());
    }

    private static String policy(String style) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
            return "default-src 'none'; style-src 'sha256-%s'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
                    .formatted(Base64.getEncoder().encodeToString(hash));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no SHA-256", e);
        }
    }
}
