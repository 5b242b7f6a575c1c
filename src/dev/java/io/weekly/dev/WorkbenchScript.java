package io.weekly.dev;

/** The JavaScript of the workbench: fills the selectors, requests previews, and requests them again when a definition changes. */
final class WorkbenchScript {

    static final String JS = """
            'use strict';
            const $ = id => document.getElementById(id);
            const element = (name, props, ...children) => {
              const made = Object.assign(document.createElement(name), props);
              made.append(...children);
              return made;
            };
            const wanted = new URLSearchParams(location.search);
            let choices = {definitions: [], tenants: []};
            let turn = 0;

            function fill(select, options, value) {
              select.replaceChildren(...options.map(([key, text]) => element('option', {value: key, textContent: text})));
              select.value = options.some(([key]) => key === value) ? value : options[0]?.[0] ?? '';
            }

            const tenant = () => choices.tenants.find(it => it.slug === $('tenant').value);

            function fillRecipients() {
              const people = tenant()?.recipients ?? [];
              fill($('recipient'), people.map(it => [it.userId, `${it.name} (${it.locale})`]), wanted.get('recipient') ?? '');
              if (!$('period').value) $('period').value = wanted.get('period') ?? tenant()?.period ?? '';
            }

            async function loadChoices() {
              choices = await (await fetch('/dev/workbench/choices')).json();
              const definition = $('definition').value || wanted.get('definition') || 'weekly-business';
              fill($('definition'), choices.definitions.map(it => [it.name, it.name + (it.broken ? ' (broken)' : '')]), definition);
              fill($('tenant'), choices.tenants.map(it => [it.slug, it.name]), $('tenant').value || wanted.get('tenant') || '');
              fillRecipients();
            }

            async function show(savedAt) {
              const mine = ++turn;
              for (const name of ['definition', 'tenant', 'recipient', 'period']) wanted.set(name, $(name).value);
              history.replaceState(null, '', '?' + wanted);
              const begun = performance.now();
              const answer = await fetch('/dev/workbench/previews?' + wanted, {method: 'POST'});
              const preview = await answer.json();
              if (mine !== turn) return;
              if (!answer.ok) return diagnostics([{file: '', line: 0, reason: preview.detail, lines: []}]);
              datasets(preview);
              diagnostics(preview.diagnostics);
              if (preview.diagnostics.length) return figures(preview);
              const base = `/dev/workbench/previews/${preview.id}/`;
              frame($('html'), base + 'report.html');
              frame($('mailHtml'), base + 'mail.html');
              $('subject').textContent = preview.subject;
              $('mailText').textContent = preview.mailText;
              $('download').href = base + 'report.pdf';
              figures(preview);
              const rendered = await (await fetch(base + 'pdf')).json();
              if (mine !== turn) return;
              diagnostics(rendered.diagnostics);
              await pages(base, rendered.pages, mine);
              if (mine !== turn) return;
              const shown = savedAt ? Date.now() - savedAt : null;
              figures(preview, rendered, shown, Math.round(performance.now() - begun));
            }

            /** Replaces the old page when the new one is loaded, at the same scroll position. */
            function frame(pane, src) {
              pane.querySelectorAll('.next').forEach(it => it.remove());
              const next = element('iframe', {src, className: 'next', title: pane.id});
              next.setAttribute('sandbox', 'allow-same-origin');
              next.onload = () => {
                const old = pane.querySelector('iframe:not(.next)');
                if (pane.id === 'html') next.contentDocument.documentElement.style.zoom = Math.min(1, (pane.clientWidth - 44) / 794);
                next.contentWindow.scrollTo(old?.contentWindow.scrollX ?? 0, old?.contentWindow.scrollY ?? 0);
                next.classList.remove('next');
                old?.remove();
              };
              pane.append(next);
            }

            /** Replaces each page when its image is loaded, so nothing scrolls. A new page is an empty sheet until then. */
            async function pages(base, count, mine) {
              const images = Array.from({length: count}, (_, i) =>
                element('img', {src: `${base}pages/${i + 1}.png`, alt: `Page ${i + 1} of ${count}`}));
              const pane = $('pdf');
              while (pane.children.length < count) pane.append(element('div'));
              const places = [...pane.children];
              await Promise.all(images.map(async (image, i) => {
                await image.decode();
                if (mine === turn) places[i].replaceWith(image);
              }));
              if (mine === turn) places.slice(count).forEach(it => it.remove());
            }

            function diagnostics(found) {
              $('diagnostics').hidden = !found.length;
              document.querySelector('main').classList.toggle('stale', found.length > 0);
              $('diagnostics').replaceChildren(...found.flatMap(it => [
                element('h2', {textContent: it.file + (it.line ? ':' + it.line : '')}),
                element('p', {textContent: it.reason}),
                ...(it.lines.length ? [element('ol', {}, ...it.lines.map(line =>
                  element('li', {className: line.faulty ? 'faulty' : ''},
                    element('span', {textContent: line.number}), line.text)))] : [])]));
            }

            function figures(preview, rendered, shown, total) {
              const read = preview.datasets.reduce((sum, it) => sum + it.millis, 0);
              const parts = [];
              if (preview.datasets.length) parts.push(`${preview.datasets.length} datasets read in ${read.toFixed(0)} ms`);
              if (preview.composedMillis) parts.push(`composed in ${preview.composedMillis.toFixed(0)} ms`);
              const many = rendered?.pages === 1 ? '1 page' : `${rendered?.pages} pages`;
              const size = `${((rendered?.bytes ?? 0) / 1024).toFixed(0)} KB`;
              if (rendered?.pages) parts.push(`PDF rendered in ${rendered.millis.toFixed(0)} ms, ${many}, ${size}`);
              if (total) parts.push(shown ? `shown ${shown} ms after the save` : `shown in ${total} ms`);
              $('figures').replaceChildren(parts.join(' · ') + (preview.version ? ' · version ' : ''),
                element('code', {textContent: preview.version?.slice(0, 12) ?? '', title: preview.version ?? ''}));
            }

            function datasets(preview) {
              $('datasets').replaceChildren(...preview.datasets.flatMap(it => [
                element('h2', {textContent: it.name}, element('small', {textContent: it.failed ? 'could not be read'
                  : `${it.count} rows in ${it.millis.toFixed(1)} ms`
                    + (it.count > it.rows.length ? `, the first ${it.rows.length} here` : '')})),
                ...(it.columns.length ? [element('table', {},
                  element('tr', {}, ...it.columns.map(name => element('th', {textContent: name}))),
                  ...it.rows.map(row => element('tr', {}, ...row.map(value => element('td', {
                    textContent: value ?? 'NULL',
                    className: value === null ? 'null' : isNaN(value) || value === '' ? '' : 'number'})))))] : [])]));
            }

            function step(weeks) {
              const [, year, week] = $('period').value.match(/^(\\d{4})-W(\\d{2})$/) ?? [];
              if (!year) return;
              const thursday = new Date(Date.UTC(year, 0, 4));
              thursday.setUTCDate(4 - (thursday.getUTCDay() || 7) + 4 + 7 * (week - 1 + weeks));
              const first = new Date(Date.UTC(thursday.getUTCFullYear(), 0, 1));
              const number = 1 + Math.floor((thursday - first) / 604800000);
              $('period').value = `${thursday.getUTCFullYear()}-W${String(number).padStart(2, '0')}`;
              show();
            }

            function listen() {
              const source = new EventSource('/dev/workbench/changes');
              let lost = false;
              source.onopen = async () => {
                $('state').className = 'live';
                $('state').textContent = 'live: save a file to update';
                if (lost) { await loadChoices(); show(); }
                lost = false;
              };
              source.onerror = () => {
                lost = true;
                $('state').className = 'away';
                $('state').textContent = 'the service does not answer; waiting';
              };
              source.onmessage = async event => {
                const change = JSON.parse(event.data);
                if (!change.definition) return;
                if (change.definition === $('definition').value && !change.gone) show(change.savedAt);
                await loadChoices();
                // The shown definition was removed, so the selector has another.
                if ($('definition').value !== wanted.get('definition')) show();
              };
            }

            document.querySelector('nav').addEventListener('click', event => {
              if (!event.target.dataset.tab) return;
              for (const it of document.querySelectorAll('nav button')) it.setAttribute('aria-selected', it === event.target);
              for (const it of document.querySelectorAll('.tab')) it.hidden = it.id !== event.target.dataset.tab;
            });
            $('definition').onchange = $('recipient').onchange = $('period').onchange = () => show();
            $('tenant').onchange = () => { fillRecipients(); show(); };
            $('earlier').onclick = () => step(-1);
            $('later').onclick = () => step(1);
            if (location.hash) document.querySelector(`[data-tab="${location.hash.slice(1)}"]`)?.click();
            loadChoices().then(() => { show(); listen(); });
            """;

    private WorkbenchScript() {}
}
