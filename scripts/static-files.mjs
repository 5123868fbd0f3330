import { createReadStream, existsSync, readdirSync, statSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

/** What gets smaller; fonts and pictures are compressed already. */
const TYPES = {
  ".js": "application/javascript; charset=UTF-8",
  ".css": "text/css; charset=UTF-8",
  ".json": "application/json; charset=UTF-8",
  ".svg": "image/svg+xml",
};
const ENDINGS = { br: ".br", gzip: ".gz" };
/** Below this a packet holds it either way. */
const LEAST_BYTES = 1_000;
const URL_ROOT = "/_next/static/";

/** Compresses what `next build` left in its folder of files with immutable names, once, as small as it gets. */
export async function compressStaticFiles(projectRoot) {
  const folder = join(projectRoot, ".next/static");
  const files = listFiles(folder).filter(
    (path) => TYPES[extname(path)] && statSync(join(folder, path)).size >= LEAST_BYTES,
  );
  for (const path of files) {
    const whole = await readFile(join(folder, path));
    const [small, wide] = await Promise.all([
      promisify(brotliCompress)(whole, {
        params: {
          [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
          [constants.BROTLI_PARAM_SIZE_HINT]: whole.length,
        },
      }),
      promisify(gzip)(whole, { level: constants.Z_BEST_COMPRESSION }),
    ]);
    await writeFile(join(folder, `${path}.br`), small);
    await writeFile(join(folder, `${path}.gz`), wide);
  }
}

/**
 * Sends the compressed files of a build as they lie there. The answer says whether the request was for one of them and
 * its client takes it compressed; everything else is Next's. `headers` go with every file.
 */
export function openStaticFiles(projectRoot, headers = {}) {
  const folder = join(projectRoot, ".next/static");
  // Known by name from the start: no path of a request ever reaches the disk.
  const files = new Map(
    listFiles(folder)
      .filter((path) => TYPES[extname(path)] && existsSync(join(folder, `${path}.br`)))
      .map((path) => [`${URL_ROOT}${path}`, join(folder, path)]),
  );
  return (request, response) => {
    if (request.method !== "GET" && request.method !== "HEAD") return false;
    const file = files.get((request.url ?? "").replace(/\?.*$/s, ""));
    const encoding = file && encodingFor(request.headers["accept-encoding"]);
    if (!encoding) return false;
    const path = `${file}${ENDINGS[encoding]}`;
    response.writeHead(200, {
      ...headers,
      "content-type": TYPES[extname(file)],
      "content-encoding": encoding,
      "content-length": statSync(path).size,
      "cache-control": "public, max-age=31536000, immutable",
      vary: "accept-encoding",
    });
    if (request.method === "HEAD") response.end();
    else
      createReadStream(path)
        .on("error", () => response.destroy())
        .pipe(response);
    return true;
  };
}

/** The smaller one that the client takes. https://www.rfc-editor.org/rfc/rfc9110#field.accept-encoding */
function encodingFor(accepted = "") {
  const weights = new Map(
    accepted
      .toLowerCase()
      .split(",")
      .map((part) => {
        const [name = "", ...parameters] = part.split(";").map((text) => text.trim());
        const weight = parameters.find((text) => text.startsWith("q="))?.slice(2);
        return [name, weight === undefined ? 1 : Number(weight)];
      }),
  );
  return Object.keys(ENDINGS).find((name) => (weights.get(name) ?? weights.get("*") ?? 0) > 0);
}

function listFiles(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}
