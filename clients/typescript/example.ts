// What a frontend needs of the API: order a report, ask how far it is, list reports, fetch the file, and understand an error.
//
//   WEEKLY_URL=http://localhost:8080 WEEKLY_TOKEN=... npm run example
import { writeFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import createClient from "openapi-fetch";
import type { components, paths } from "./api.js";

type Report = components["schemas"]["Report"];
type Problem = components["schemas"]["Problem"];

const api = createClient<paths>({
  baseUrl: process.env.WEEKLY_URL ?? "http://localhost:8080",
  headers: { Authorization: `Bearer ${process.env.WEEKLY_TOKEN ?? ""}` },
});

/** Ordered once, however often it is sent: after a broken connection call it again with the same key. */
async function order(key: string): Promise<Report> {
  const { data, error } = await api.POST("/api/v1/reports", {
    params: { header: { "Idempotency-Key": key } },
    body: { definition: "weekly-business" },
  });
  if (error) throw failed(error);
  return data;
}

/** Asks as often as the service wants to be asked, and is sent only what has changed. */
async function whenDone(id: string): Promise<Report> {
  let tag: string | undefined;
  for (;;) {
    const { data, error, response } = await api.GET("/api/v1/reports/{id}", {
      params: { path: { id }, ...(tag && { header: { "If-None-Match": tag } }) },
    });
    if (response.status !== 304) {
      if (error) throw failed(error);
      console.log(`${data.id} is ${data.status}`);
      if (data.done) return data;
      tag = response.headers.get("ETag") ?? undefined;
    }
    await pause(Number(response.headers.get("Retry-After") ?? 1) * 1000);
  }
}

/** All of them, a page at a time. */
async function* reportsOf(period: string): AsyncGenerator<Report> {
  let cursor: string | null = null;
  do {
    const { data, error }: Awaited<ReturnType<typeof page>> = await page(period, cursor);
    if (error) throw failed(error);
    yield* data.items;
    cursor = data.next;
  } while (cursor !== null);
}

function page(period: string, cursor: string | null) {
  return api.GET("/api/v1/reports", {
    params: { query: { period, limit: 50, ...(cursor !== null && { cursor }) } },
  });
}

async function download(report: Report, format: Report["files"][number]["format"]): Promise<Uint8Array> {
  const { data, error } = await api.GET("/api/v1/reports/{id}/files/{format}", {
    params: { path: { id: report.id, format } },
    parseAs: "arrayBuffer",
  });
  if (error) throw failed(error);
  return new Uint8Array(data);
}

/** What to tell whoever sits in front of it: what is wrong, and with which field. */
function failed(problem: Problem): Error {
  const fields = problem.errors?.map(({ field, message }) => `${field} ${message}`) ?? [];
  return new Error([problem.detail, ...fields].join(" "));
}

const report = await whenDone((await order(crypto.randomUUID())).id);
for await (const one of reportsOf(report.period)) {
  console.log(`${one.period} ${one.recipient} ${one.status} ${one.deliveredAt ?? "-"}`);
}
for (const file of report.files) {
  const bytes = await download(report, file.format);
  await writeFile(`build/report.${file.format}`, bytes);
  console.log(`${file.format}: ${bytes.length} bytes of ${file.bytes}`);
}
const wrong = await api.POST("/api/v1/reports", { body: { definition: "no-such-definition" } });
if (wrong.error) console.log(`${wrong.response.status}: ${failed(wrong.error).message}`);
