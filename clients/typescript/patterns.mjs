// The description's patterns are for JavaScript: each must be one that it understands.
import { readFileSync } from "node:fs";

const document = JSON.parse(readFileSync(process.env.OPENAPI ?? "../../target/openapi/openapi.json", "utf8"));
JSON.stringify(document, (key, value) => {
  if (key === "pattern" && typeof value === "string") new RegExp(value, "u");
  return value;
});
