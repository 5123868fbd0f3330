import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What the project cites of AWS's documentation, and what became of those pages since they were read. */
export const AWS_DOCUMENTATION = "https://docs.aws.amazon.com";
const FOLDERS = ["app", "components", "languages", "lib", "scripts", "simulator"];
const CODE = /\.(?:ts|tsx|mjs)$/;
const LINK = /https:\/\/docs\.aws\.amazon\.com\/[\w./-]+\.html/g;
/** A constant that holds the beginning of a link, as in `${GUIDE}/page.html`. */
const BEGINNING = /const (\w+) =\s*"(https:\/\/docs\.aws\.amazon\.com\/[\w./-]+)"/g;

/**
 * Every page that the code cites, with the places that depend on it, as `path:line`.
 * @param root The project's folder
 * @returns Map from a page's address, without the part after #, to its places
 */
export function citedPages(root) {
  const cited = new Map();
  for (const path of FOLDERS.flatMap((folder) => filesBelow(root, folder))) {
    const lines = readFileSync(join(root, path), "utf8").split("\n");
    const beginnings = new Map(
      [...lines.join("\n").matchAll(BEGINNING)].map(([, name, link]) => [name, link]),
    );
    lines.forEach((line, index) => {
      const whole = line.replace(/\$\{(\w+)\}/g, (text, name) => beginnings.get(name) ?? text);
      for (const [link] of whole.matchAll(LINK)) {
        const places = cited.get(link) ?? [];
        cited.set(link, [...places, `${path}:${index + 1}`]);
      }
    });
  }
  return new Map([...cited].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function filesBelow(root, folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.name === "node_modules" || entry.name.startsWith(".")) return [];
    if (entry.isDirectory()) return filesBelow(root, path);
    return CODE.test(entry.name) && !/\.test\.ts$/.test(entry.name) ? [path] : [];
  });
}

const hashOf = (text) => createHash("sha256").update(text).digest("hex").slice(0, 16);
const plain = (html) =>
  html
    .replace(/<(script|style|nav|header|footer)\b[\s\S]*?<\/\1>/gi, " ")
    .replace(/<[^>]*>/g, " ")
    .replace(/&nbsp;/g, " ")
    .replace(/\s+/g, " ")
    .trim();

/**
 * A page's title and a hash of each section, so that a change can be named. Markup, scripts and spaces do not count.
 * @returns `{ title, sections }`; `sections` maps a heading to the first 16 hex digits of its SHA-256
 */
export function readPage(html) {
  const main =
    /<main\b[\s\S]*?<\/main>/i.exec(html)?.[0] ?? /<body\b[\s\S]*<\/body>/i.exec(html)?.[0] ?? html;
  const [before = "", ...parts] = main.split(/(?=<h[1-3]\b)/i);
  const sections = {};
  for (const part of before.replace(/^<(main|body)[^>]*>/i, "").trim() ? [before, ...parts] : parts) {
    const heading = plain(/<h[1-3]\b[\s\S]*?<\/h[1-3]>/i.exec(part)?.[0] ?? "") || "Beginning";
    // Two sections of one heading are one.
    sections[heading] = hashOf(`${sections[heading] ?? ""}${plain(part)}`);
  }
  const title = plain(
    /<h1\b[\s\S]*?<\/h1>/i.exec(main)?.[0] ?? /<title>[\s\S]*?<\/title>/i.exec(html)?.[0] ?? "",
  );
  return { title, sections };
}

/**
 * What a page says now beside what was read. Never throws: a page that does not answer in time is `unread`.
 * @param known The table's row, `{ title, read, sections }`, null members where it was not read yet
 * @param base Where to ask in place of AWS's own host
 * @returns `{ state: "same" | "changed" | "missing" | "moved" | "new" | "unread", why?, page? }`
 */
export async function lookAt(link, known, { base = AWS_DOCUMENTATION, patienceMs = 20_000 } = {}) {
  try {
    const answer = await fetch(link.replace(AWS_DOCUMENTATION, base), {
      redirect: "manual",
      signal: AbortSignal.timeout(patienceMs),
    });
    const to = answer.headers.get("location");
    if (answer.status >= 300 && answer.status < 400 && to) return { state: "moved", why: `It is at ${to}.` };
    if (answer.status === 404 || answer.status === 410)
      return { state: "missing", why: `HTTP ${answer.status}.` };
    if (!answer.ok) return { state: "unread", why: `HTTP ${answer.status}.` };
    return compare(readPage(await answer.text()), known);
  } catch (error) {
    return {
      state: "unread",
      why: error instanceof Error ? (error.cause?.message ?? error.message) : "No answer.",
    };
  }
}

function compare(page, known) {
  if (!known?.sections) return { state: "new", why: "It was not read by this script before.", page };
  const changes = [
    ...(page.title === known.title ? [] : [`its title is now "${page.title}"`]),
    ...Object.entries(page.sections).flatMap(([heading, hash]) =>
      known.sections[heading] === undefined
        ? [`new section "${heading}"`]
        : known.sections[heading] === hash
          ? []
          : [`section "${heading}"`],
    ),
    ...Object.keys(known.sections)
      .filter((heading) => page.sections[heading] === undefined)
      .map((heading) => `without section "${heading}"`),
  ];
  if (changes.length === 0) return { state: "same", page };
  return { state: "changed", why: `Changed: ${changes.join(", ")}.`, page };
}
