/**
 * Compares every page of AWS's documentation that the code cites with what was read when the rule was written.
 *
 * Usage: npm run guide-check -- [--write] [--base http://host] [--patience seconds] [--only text]
 *
 * Says which pages changed, section by section, moved or are gone, and which places in the code depend on them; a page
 * that does not answer is said to be not read. Ends with 1 where something is to be read again, with 2 where a page
 * could not be read. `--write` takes down what the pages say now, once the rules were compared with them.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { citedPages, lookAt } from "./guide-pages.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const { values } = parseArgs({
  options: {
    base: { type: "string" },
    patience: { type: "string", default: "20" },
    only: { type: "string", default: "" },
    table: { type: "string", default: join(root, "scripts/guide-pages.json") },
    write: { type: "boolean", default: false },
  },
});
const AT_ONCE = 4;
const NEVER = { title: null, read: null, sections: null };

const table = JSON.parse(readFileSync(values.table, "utf8"));
const cited = citedPages(root);
const links = [...new Set([...cited.keys(), ...Object.keys(table)])].filter((link) =>
  link.includes(values.only),
);
const looked = new Map();
const waiting = [...links];
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    for (let link = waiting.shift(); link; link = waiting.shift())
      looked.set(
        link,
        await lookAt(link, table[link], {
          ...(values.base && { base: values.base }),
          patienceMs: Number(values.patience) * 1000,
        }),
      );
  }),
);

const counts = {};
for (const link of links) {
  const { state, why } = looked.get(link);
  counts[state] = (counts[state] ?? 0) + 1;
  if (state === "same") continue;
  const read = table[link]?.read ?? "at an unknown date";
  process.stdout.write(`${state}: ${link} (read ${read})\n  ${why}\n`);
  for (const place of cited.get(link) ?? []) process.stdout.write(`  depends on it: ${place}\n`);
}
process.stdout.write(
  `${Object.entries(counts)
    .map(([state, count]) => `${count} ${state}`)
    .join(", ")}\n`,
);

if (values.write) {
  const today = new Date().toISOString().slice(0, 10);
  const rows = [...cited.keys()].map((link) => {
    const page = looked.get(link)?.page;
    return [
      link,
      page ? { title: page.title, read: today, sections: page.sections } : (table[link] ?? NEVER),
    ];
  });
  writeFileSync(values.table, tableText(rows));
}
const { unread = 0, same = 0 } = counts;
process.exitCode = same + unread < links.length && !values.write ? 1 : unread > 0 ? 2 : 0;

/** One page a line, so that a review sees which pages were read again. */
function tableText(rows) {
  const lines = rows.map(([link, row]) => `  ${JSON.stringify(link)}: ${JSON.stringify(row)}`);
  return `{\n${lines.join(",\n")}\n}\n`;
}
