package io.weekly.dev;

/** The HTML and CSS of the workbench. */
final class WorkbenchPage {
    /** Shows a page in the browser as a sheet of paper. The styles of the report do not change. */
    private static final String SHEET = """
            <style>
            @media screen {
              html { background: #e7eaee; }
              body { box-sizing: border-box; width: 210mm; min-height: 297mm; margin: 14px auto !important; padding: 14mm 18mm !important;
                     background: #fff; box-shadow: 0 1px 6px rgba(20, 30, 40, .25); }
            }
            </style></head>""";

    static final String HTML = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width">
              <title>Workbench – Weekly Reports</title>
              <link rel="stylesheet" href="/dev/workbench/workbench.css">
              <link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'%3E
                %3Cpath fill='%230b5cad' d='M0 4h2v4H0zM3 0h2v8H3zM6 2h2v6H6z'/%3E%3C/svg%3E">
            </head>
            <body>
            <header>
              <h1>Workbench</h1>
              <label>Definition <select id="definition"></select></label>
              <label>Tenant <select id="tenant"></select></label>
              <label>Recipient <select id="recipient"></select></label>
              <label>Week <span class="week"><button id="earlier" aria-label="one week earlier">‹</button><input id="period" size="8"
                pattern="[0-9]{4}-W[0-9]{2}" spellcheck="false"><button id="later" aria-label="one week later">›</button></span></label>
              <p id="state" role="status"></p>
            </header>
            <nav role="tablist">
              <button role="tab" data-tab="report" aria-selected="true">Report</button>
              <button role="tab" data-tab="mail" aria-selected="false">Mail</button>
              <button role="tab" data-tab="datasets" aria-selected="false">Datasets</button>
              <p id="figures"></p>
            </nav>
            <section id="diagnostics" hidden aria-live="assertive"></section>
            <main>
              <div class="tab" id="report">
                <figure><figcaption>HTML, as composed</figcaption><div class="pane" id="html"></div></figure>
                <figure><figcaption>PDF <a id="download" target="_blank">open</a></figcaption><div class="pane" id="pdf"></div></figure>
              </div>
              <div class="tab" id="mail" hidden>
                <p class="subject"><b>Subject</b> <span id="subject"></span></p>
                <figure><figcaption>mail.html</figcaption><div class="pane" id="mailHtml"></div></figure>
                <figure><figcaption>mail.txt</figcaption><pre class="pane" id="mailText"></pre></figure>
              </div>
              <div class="tab" id="datasets" hidden></div>
            </main>
            <script src="/dev/workbench/workbench.js"></script>
            </body>
            </html>
            """;

    static final String STYLE = """
            * { box-sizing: border-box; }
            [hidden] { display: none !important; }
            html, body { height: 100%; margin: 0; }
            body { display: flex; flex-direction: column; font: 14px/1.45 system-ui, "Noto Sans", sans-serif; color: #1b1f24;
              background: #e7eaee; }
            header { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: center; padding: 9px 16px; background: #1d2733;
              color: #d5dce4; }
            h1 { margin: 0 6px 0 0; font-size: 16px; color: #fff; }
            label { display: inline-flex; gap: 7px; align-items: center; font-size: 12.5px; }
            select, input, header button { font: inherit; font-size: 14px; color: #fff; background: #303d4b; border: 1px solid #55636f;
              border-radius: 5px; padding: 4px 8px; max-width: 250px; }
            header button { cursor: pointer; padding: 4px 10px; }
            .week { display: inline-flex; }
            .week input { border-radius: 0; border-left: 0; border-right: 0; text-align: center; }
            .week input:invalid { background: #7a271a; }
            .week button:first-child { border-radius: 5px 0 0 5px; } .week button:last-child { border-radius: 0 5px 5px 0; }
            :focus-visible { outline: 2px solid #6ab0ff; outline-offset: 1px; }
            #state { margin: 0 0 0 auto; font-size: 12.5px; white-space: nowrap; }
            #state::before { content: "●"; margin-right: 6px; color: #f0b429; }
            #state.live::before { color: #3fce7d; } #state.away::before { color: #ff7a6b; }
            nav { display: flex; gap: 2px; padding: 0 16px; background: #fff; border-bottom: 1px solid #cfd6dd; }
            nav button { font: inherit; border: 0; background: none; padding: 9px 14px 7px; color: #4a5561; cursor: pointer;
              border-bottom: 2px solid transparent; }
            nav button[aria-selected=true] { color: #0b5cad; border-color: #0b5cad; font-weight: 600; }
            #figures { margin: auto 0 auto auto; font-size: 12.5px; color: #4a5561; font-variant-numeric: tabular-nums; }
            #figures code { font-size: 12px; }
            main { flex: 1; min-height: 0; display: flex; }
            main.stale { opacity: .35; }
            .tab { flex: 1; min-width: 0; display: flex; flex-wrap: wrap; gap: 1px; }
            figure { flex: 1 1 0; min-width: 380px; margin: 0; display: flex; flex-direction: column; height: 100%; }
            #mail figure { height: calc(100% - 42px); }
            figcaption { padding: 5px 16px; font-size: 12px; color: #4a5561; background: #f5f7f9; border-bottom: 1px solid #dde2e7; }
            figcaption a { color: #0b5cad; margin-left: 6px; }
            .pane { position: relative; flex: 1; min-height: 0; overflow: auto; margin: 0; background: #e7eaee; }
            .pane iframe { position: absolute; inset: 0; width: 100%; height: 100%; border: 0; }
            .pane iframe.next { visibility: hidden; }
            #pdf > * { display: block; width: min(794px, calc(100% - 28px)); margin: 14px auto; background: #fff;
              box-shadow: 0 1px 6px rgba(20, 30, 40, .25); }
            #pdf div { aspect-ratio: 210 / 297; }
            #mailText { padding: 16px 20px; background: #fff; white-space: pre-wrap; font-size: 13px; }
            .subject { flex: 1 0 100%; height: 41px; margin: 0; padding: 10px 16px; background: #fff; border-bottom: 1px solid #dde2e7; }
            .subject b { font-weight: 400; color: #5b646e; margin-right: 8px; }
            #diagnostics { max-height: 55%; overflow: auto; padding: 4px 16px 14px; background: #fff3f0; border-bottom: 2px solid #c0392b; }
            #diagnostics h2 { margin: 12px 0 2px; font-size: 14px; font-family: ui-monospace, monospace; color: #a32014; }
            #diagnostics p { margin: 0 0 6px; overflow-wrap: anywhere; }
            #diagnostics ol { margin: 0; padding: 6px 0; list-style: none; background: #fff; border: 1px solid #f0c8c0;
              border-radius: 5px; overflow: auto; font: 12.5px/1.5 ui-monospace, monospace; }
            #diagnostics li { display: flex; white-space: pre; padding-right: 12px; width: max-content; min-width: 100%; }
            #diagnostics li span { flex: none; width: 52px; padding-right: 14px; text-align: right; color: #77818c; user-select: none; }
            #diagnostics li.faulty { background: #ffe0d9; font-weight: 600; } #diagnostics li.faulty span { color: #a32014; }
            #datasets { display: block; overflow: auto; padding: 4px 16px 24px; background: #fff; }
            #datasets h2 { margin: 18px 0 6px; font-size: 14px; font-family: ui-monospace, monospace; }
            #datasets h2 small { font: 12.5px system-ui, sans-serif; color: #5b646e; margin-left: 10px; }
            #datasets table { border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums; }
            #datasets th { text-align: left; font-weight: 600; color: #434b54; border-bottom: 1.5px solid #9aa5b0;
              padding: 3px 14px 3px 0; }
            #datasets td { border-bottom: 1px solid #e3e6ea; padding: 3px 14px 3px 0; }
            #datasets td.number { text-align: right; } #datasets td.null { color: #98a1aa; font-style: italic; }
            @media (max-width: 900px) { main { overflow: auto; } figure { min-width: 100%; height: 80vh; } }
            """;

    private WorkbenchPage() {}

    static String asSheet(String page) {
        // Without a doctype browsers use quirks mode, in which tables do not inherit the font size.
        return "<!DOCTYPE html>" + page.replaceFirst("</head>", SHEET);
    }
}
