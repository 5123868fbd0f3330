import { readFileSync } from "node:fs";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { getSortedRoutes } from "next/dist/shared/lib/router/utils";
import { getRouteMatcher } from "next/dist/shared/lib/router/utils/route-matcher";
import { getRouteRegex } from "next/dist/shared/lib/router/utils/route-regex";
import { afterAll, beforeAll, expect, it } from "vitest";
import { listFiles } from "@/lib/testing/project-files";
import { answerPoll, registerPoll } from "./poll-door";

/** Every route of the console, as Next knows it by its folder, and whether the door may answer it. */
const ROUTES = listFiles("app/api")
  .filter((file) => file.endsWith("/route.ts"))
  .map((file) => ({
    path: file.replace(/^app/, "").replace(/\/route\.ts$/, ""),
    isPoll: /= (?:jsonRoute|allAccountsRoute)\b/.test(readFileSync(file, "utf8")),
  }));
/** Next's own order and its own rule, not our idea of them. */
const NEXT = getSortedRoutes(ROUTES.map(({ path }) => path)).map((path) => ({
  path,
  match: getRouteMatcher(getRouteRegex(path)),
}));
const nextTakes = (address: string) => {
  for (const { path, match } of NEXT) {
    const segments = match(address);
    if (segments) return { path, segments };
  }
  return undefined;
};

function isReadable(address: string): boolean {
  try {
    return decodeURIComponent(address) !== undefined;
  } catch {
    return false;
  }
}

const server = createServer((request, response) => {
  if (!answerPoll(request, response, {})) response.end("null");
});
beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => server.close());

/** Asks as nobody's browser would: the address goes out as it is written, dots and all. */
const ask = (path: string) =>
  new Promise<unknown>((resolve, reject) => {
    const { port } = server.address() as AddressInfo;
    request({ port, path, headers: { "if-none-match": '"held"' } }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part) => {
        text += part;
      });
      response.on("end", () => resolve(JSON.parse(text)));
    })
      .on("error", reject)
      .end();
  });

/** Every folder's name, as somebody could call a target, a Region, an image or what they like. */
const words = [...new Set(ROUTES.flatMap(({ path }) => path.split("/")))].filter((word) =>
  /^[a-z0-9-]+$/.test(word),
);
const segment = fc.oneof(
  fc.constantFrom(...words),
  fc.constantFrom("team", "a%20b", "50%25", "%2F", "a%2Fb", "export%20", "EXPORT", "v1x", "~", "%76%31"),
);
/** What leads elsewhere, or nowhere. */
const trick = fc.constantFrom(
  "..",
  ".",
  "%2e%2e",
  ".%2E",
  "a\\..\\b",
  "\\",
  "",
  "a;b",
  "{a}",
  "a#b",
  "a?b",
  "%",
);
const address = fc.oneof(
  fc
    .tuple(fc.constantFrom(...ROUTES), fc.array(segment, { minLength: 6, maxLength: 6 }))
    .map(([{ path }, names]) => {
      let at = 0;
      return path.replaceAll(/\[[^\]]+\]/g, () => names[at++ % names.length] ?? "");
    }),
  fc
    .array(fc.oneof({ weight: 4, arbitrary: segment }, { weight: 1, arbitrary: trick }), {
      minLength: 1,
      maxLength: 8,
    })
    .map((parts) => `/api/${parts.join("/")}`),
);

it("takes a poll for no other route than Next does, in whatever order routes were loaded", async () => {
  const polls = ROUTES.filter(({ isPoll }) => isPoll).map(({ path }) => path);
  expect(polls.length).toBeGreaterThan(40);
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray(polls, { minLength: polls.length }),
      fc.array(address, { minLength: 20, maxLength: 20 }),
      async (loaded, addresses) => {
        for (const path of loaded)
          registerPoll(path, async (_, { params }) => Response.json({ path, segments: await params }));
        for (const asked of addresses) {
          const taken = await ask(asked);
          const { pathname } = new URL(asked, "http://next");
          const next = isReadable(pathname) ? nextTakes(pathname) : undefined;
          const expected = next !== undefined && polls.includes(next.path) ? next : null;
          // To leave a poll to Next is never wrong; it is done where a name is a folder too, or an address leads elsewhere.
          const isOdd =
            pathname !== asked ||
            /\/(?:\/|$)/.test(asked) ||
            Object.values(next?.segments ?? {}).some((value) => words.includes(String(value)));
          if (taken !== null || !isOdd) expect({ asked, taken }).toEqual({ asked, taken: expected });
        }
      },
    ),
    { numRuns: 60 },
  );
}, 60_000);
