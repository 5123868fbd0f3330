import { existsSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { apiUrls, urls } from "@/lib/core/urls";
import { listServerActions } from "./access-points";
import { FLOORS } from "./floors.cjs";
import { findKnots, readImports, waysFrom } from "./import-graph";
import { findLines, listFiles, listFolder, projectRoot, readText } from "./project-files";

/** The rules of the house that the linter and dependency-cruiser cannot see. ARCHITECTURE.md says why. */
const files = listFiles();
const within = (...rooms: string[]) =>
  files.filter((path) => rooms.some((room) => path.startsWith(`${room}/`)));
const code = files.filter((path) => /\.(tsx?|mjs|cjs|js)$/.test(path));
const isTest = (path: string) => /\.(test|spec)\.tsx?$/.test(path);
const tests = code.filter(isTest);
// This file names what it forbids.
const product = code.filter(
  (path) => !isTest(path) && !path.startsWith("e2e/") && !path.startsWith("scripts/"),
);
const documents = files.filter((path) => path.endsWith(".md"));
const packageJson = JSON.parse(readText("package.json")) as {
  scripts: Record<string, string>;
  workspaces: string[];
  engines: { node: string };
  dependencies: Record<string, string>;
};
const none: string[] = [];
const imports = readImports();

describe("the tree", () => {
  const TOP_LEVEL = [
    ...[
      "app",
      "components",
      "lib",
      "languages",
      "simulator",
      "e2e",
      "public",
      "scripts",
      "deploy",
      "docs",
      ".ci",
    ],
    ...["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "LICENSE", "Dockerfile"],
    ...["package.json", "tsconfig.json", "next.config.js", "instrumentation.ts", "proxy.ts"],
    // Their tools insist on the root.
    ...[
      "instrumentation-client.ts",
      "package-lock.json",
      ".npmrc",
      ".gitignore",
      ".dockerignore",
      "biome.json",
      "postcss.config.mjs",
    ],
  ];

  it("has nothing at the top that the design does not name", () => {
    const names = listFolder("").map(({ name }) => name);
    expect(names.filter((name) => !TOP_LEVEL.includes(name))).toEqual(none);
  });

  it("is at most four folders deep below lib and components", () => {
    const tooDeep = within("lib", "components").filter((path) => path.split("/").length - 2 > 4);
    expect(tooDeep).toEqual(none);
  });

  it("has no file over 400 lines", () => {
    const tooLong = code.filter((path) => readText(path).split("\n").length > 401);
    expect(tooLong).toEqual(none);
  });

  it("has no drawer for everything", () => {
    const drawers = /(^|\/)(utils?|helpers?|common|misc|shared)(\/|\.[a-z]+$)/;
    expect(files.filter((path) => drawers.test(path))).toEqual(none);
  });

  it("has index files only as doors of rooms", () => {
    const DOOR =
      /^lib\/([a-z-]+\/)index\.ts$|^simulator\/([a-z-]+\/([a-z0-9-]+\/)?)?index\.ts$|^languages\/[a-z]+\/index\.ts$/;
    const barrels = code.filter((path) => /^index\.tsx?$/.test(basename(path)) && !DOOR.test(path));
    expect(barrels).toEqual(none);
  });

  it("gives every file a name that finds it", () => {
    const ANYWHERE = /^(types|schemas|index)\.ts$/;
    const named = [...within("components"), ...within("lib").filter((path) => !path.startsWith("simulator/"))]
      .filter((path) => /\.tsx?$/.test(path) && !ANYWHERE.test(basename(path)))
      .toSorted();
    const twice = named.filter((path) =>
      named.some((other) => other !== path && basename(other) === basename(path)),
    );
    expect(twice).toEqual(none);
  });

  it("draws tables and inputs in one place, so that they look and behave alike", () => {
    const drawn = within("app", "components").filter(
      (path) => /\.tsx$/.test(path) && !path.startsWith("components/ui/"),
    );
    const BY_HAND = /<(table|thead|th|td|input|select|textarea)\b/;
    expect(findLines(drawn, BY_HAND)).toEqual(none);
    // Their look is not copied either.
    expect(findLines(drawn, /min-h-[678] [^"]*border-line-strong/)).toEqual(none);
  });

  it("keeps feature folders flat", () => {
    expect(within("components").filter((path) => path.split("/").length > 3)).toEqual(none);
  });

  it("serves only pictures and plain files from public", () => {
    const strange = within("public").filter((path) => !/\.(svg|png|ico|txt|webmanifest)$/.test(path));
    expect(strange).toEqual(none);
    expect(within("public").filter((path) => statSync(join(projectRoot, path)).size > 400_000)).toEqual(none);
  });
});

describe("the floors of lib", () => {
  const roomOf = (path: string) => /^lib\/([^/]+)\//.exec(path)?.[1];
  const built = imports.filter(({ from }) => !isTest(from) && !from.startsWith("lib/testing/"));
  const between = built.flatMap(({ from, to }) => {
    const [room, known] = [roomOf(from), roomOf(to)];
    return room && known && room !== known ? [[room, known] as const] : [];
  });

  it("are told in one table, a row for each room", () => {
    const rooms = listFolder("lib").map(({ name }) => name);
    expect(FLOORS.flat().toSorted()).toEqual(rooms.toSorted());
  });

  it("hold no knot: no two rooms can reach each other, type imports included", () => {
    expect(between.length).toBeGreaterThan(100);
    expect(findKnots(between)).toEqual([]);
  });

  it("are known from above only", () => {
    const level = (room: string) => FLOORS.findIndex((rooms) => rooms.includes(room));
    expect(between.filter(([room, known]) => level(known) >= level(room))).toEqual([]);
  });

  it("are drawn in ARCHITECTURE.md as the table has them", () => {
    const drawn = FLOORS.map((rooms) => rooms.join("  ")).toReversed();
    const lines = readText("ARCHITECTURE.md")
      .split("\n")
      .map((line) => line.split(/ {3,}/, 1)[0]?.trim());
    expect(lines.filter((line) => line !== undefined && drawn.includes(line))).toEqual(drawn);
  });
});

describe("the code", () => {
  it("links through lib/core/urls.ts only", () => {
    const LINK = /(href|action)=\{?["'`]\/|\b(push|replace|redirect|permanentRedirect|fetch)\(\s*["'`]\//;
    const linking = product.filter((path) => path !== "lib/core/urls.ts" && !path.startsWith("simulator/"));
    expect(findLines(linking, LINK)).toEqual(none);
  });

  it("has an address for nothing that nobody links to", () => {
    const linking = code.filter((path) => path !== "lib/core/urls.ts" && !path.startsWith("simulator/"));
    const text = linking.map(readText).join("\n");
    const members = [
      ...Object.keys(urls).map((key) => `urls.${key}`),
      ...Object.keys(apiUrls).map((key) => `apiUrls.${key}`),
    ];
    expect(members.filter((member) => !new RegExp(`\\b${member.replace(".", "\\.")}\\b`).test(text))).toEqual(
      none,
    );
  });

  it("changes a page's address in one place, which waits for a navigation under way", () => {
    const elsewhere = product.filter((path) => path !== "components/ui/navigation-under-way.ts");
    expect(findLines(elsewhere, /history\.replaceState\((?!history\.state,)/)).toEqual(none);
  });

  it("enters the simulator by the file of its door, since its folder's name leads to what npm gets", () => {
    const outside = code.filter((path) => !path.startsWith("simulator/"));
    expect(findLines(outside, /["'](@|\.\.?)\/(\.\.\/)*simulator\/?["']/)).toEqual(none);
  });

  it("reads the environment in lib/config only", () => {
    const MAY_READ =
      /^(lib\/config\/[a-z-]+\.ts|lib\/testing\/fresh-process\.ts|next\.config\.js|instrumentation\.ts|simulator\/main\.ts|lib\/.*\.config\.ts)$/;
    expect(
      findLines(
        product.filter((path) => !MAY_READ.test(path)),
        /(?<!(readConfig|readEnvironment)\()process\.env\b(?!\.(NODE_ENV|NEXT_RUNTIME)\b)/,
      ),
    ).toEqual(none);
  });

  it("marks every file that does input or output as the server's, in its first line", () => {
    const DOES_IO =
      /^(import|export) (?!type )[^;]*? from "(node:|@aws-sdk\/|drizzle-orm|pg"|pino|next\/headers)/m;
    const isMarked = (path: string) => firstStatement(readText(path)) === 'import "server-only";';
    const unmarked = product
      .filter(
        (path) => path.startsWith("lib/") && !/^lib\/(testing|config)\/|\.config\.ts$|schema\.ts$/.test(path),
      )
      .filter((path) => DOES_IO.test(readText(path)) && !isMarked(path));
    expect(unmarked).toEqual(none);
  });

  it("keeps whatever the browser draws from reaching a file of the server", () => {
    const ways = new Map<string, string[]>();
    for (const { from, to, isType } of imports) if (!isType) ways.set(from, [...(ways.get(from) ?? []), to]);
    const isServers = (path: string) => /^import "server-only";/m.test(readText(path));
    // Server actions are the browser's door: Next puts a call over the wire in their place.
    const isDoor = (path: string) => path.startsWith("lib/actions/") && path.endsWith("-actions.ts");
    const drawn = within("components", "lib/queries").filter((path) => /\.tsx?$/.test(path) && !isTest(path));
    const through = drawn.flatMap((path) =>
      [...waysFrom(path, ways, isDoor)]
        .filter(([to]) => !isDoor(to) && isServers(to))
        .map(([, way]) => way.join(" > ")),
    );
    expect(through).toEqual(none);
  });

  it("says at every control that starts an action why one may not", () => {
    const unsaid = listServerActions().flatMap(({ name, permission }) =>
      within("components")
        .filter((path) => permission && readText(path).includes(`${name}(`))
        .filter((path) => {
          const feature = within(dirname(path)).map(readText).join("");
          return !new RegExp(`action(=|: )"${permission}"|useRefusal\\(\\s*"${permission}"`).test(feature);
        })
        .map((path) => `${path}: ${name} needs a PermittedButton for ${permission}`),
    );
    expect(unsaid).toEqual(none);
  });

  it("says how long a day and an hour are in lib/core/time.ts only", () => {
    const timed = [...within("app", "components", "lib")].filter(
      (path) => /\.tsx?$/.test(path) && path !== "lib/testing/architecture.test.ts",
    );
    expect(findLines(timed, /\b(86_400_000|3_600_000)\b|const (DAY|HOUR|MINUTE)(_MS)? =/)).toEqual(
      ["MINUTE", "HOUR", "DAY"].map((unit) => expect.stringContaining(`const ${unit}_MS`)),
    );
  });

  it("leaves no loose ends", () => {
    const LOOSE = /\b(TODO|FIXME|XXX)\b|@ts-(ignore|nocheck)|dangerouslySetInnerHTML|eslint-disable/;
    const UNREASONED = /biome-ignore[^:]*(:\s*(<explanation>)?\s*)?(\*\/.*)?$|@ts-expect-error\s*$/;
    const scanned = code.filter((path) => path !== "lib/testing/architecture.test.ts");
    expect(findLines(scanned, LOOSE)).toEqual(none);
    expect(findLines(scanned, UNREASONED)).toEqual(none);
  });

  it("fetches nothing from a third host", () => {
    const drawn = [...within("app"), ...within("components")].filter((path) => /\.(tsx?|css)$/.test(path));
    expect(findLines(drawn, /next\/font\/google|url\(["']?https?:|<(script|link|img)[^>]+https?:/)).toEqual(
      none,
    );
  });
});

describe("the tests", () => {
  it("end in .spec.ts in e2e and in .test.ts everywhere else", () => {
    const misplaced = tests.filter((path) => path.startsWith("e2e/") !== /\.spec\.ts$/.test(path));
    expect(misplaced).toEqual(none);
  });

  const scanned = [...tests, ...within("e2e", "lib/testing")].filter(
    (path) => path !== "lib/testing/architecture.test.ts",
  );

  it("are all run, or say what they need", () => {
    expect(findLines(scanned, /\.only\(/)).toEqual(none);
    // The formatter may put the name, which holds the reason, on the line after the condition.
    const SKIP = /\.(skip|skipIf|runIf|fixme|todo)\(.*\n.*\n/g;
    const skips = scanned.flatMap((path) =>
      [...readText(path).matchAll(SKIP)].map(([text]) => `${path}: ${text}`),
    );
    expect(skips.filter((skip) => !/\bneeds\b|\/\/ \S/.test(skip))).toEqual(none);
  });

  it("never sleep, retry or mock our own modules", () => {
    const SLEEP =
      /waitForTimeout|timers\/promises|\bsleep\(|setTimeout\((resolve|settle|done|r)\b|retry:|retries: [1-9]/;
    expect(findLines(scanned, SLEEP)).toEqual(none);
    expect(findLines(scanned, /vi\.(mock|doMock)\(\s*["'`](@\/|\.)|page\.route\(|context\.route\(/)).toEqual(
      none,
    );
  });

  it("find elements by role and label, or say in the same line why not", () => {
    const byId = findLines(within("e2e"), /getByTestId|data-testid/);
    expect(byId.filter((line) => !/\/\/ \S/.test(line))).toEqual(none);
  });
});

describe("the documents", () => {
  const named = documents.flatMap((document) =>
    [...readText(document).matchAll(/`([^`\s]+)`|\]\(([^)#\s]+)[^)]*\)/g)].map((match) => ({
      document,
      path: (match[1] ?? match[2] ?? "").replace(/#.*$/, ""),
    })),
  );

  it("name only files that exist", () => {
    // A folder may be a room that is planned; a file is a claim.
    const OURS =
      /^(\.\/)?(app|components|lib|e2e|scripts|public|deploy|\.ci)\/.*\.[a-z]+$|^[A-Z]+\.md$|^(Dockerfile|LICENSE|\.ci\/run)$/;
    const missing = named
      .filter(({ path }) => OURS.test(path) && !/[<>*]|\.\.\./.test(path))
      .filter(
        ({ document, path }) =>
          !existsSync(join(projectRoot, path)) && !existsSync(join(projectRoot, dirname(document), path)),
      )
      .map(({ document, path }) => `${document}: ${path}`);
    expect(missing).toEqual(none);
  });

  it("name only commands that exist", () => {
    const commands = documents.flatMap((document) =>
      [...readText(document).matchAll(/npm run ([a-z][a-z0-9:-]*)(?: -w ([a-z]+))?/g)].map((match) => ({
        document,
        script: match[1] ?? "",
        room: match[2],
      })),
    );
    // A package of this project has commands of its own, and its documents name those of the root too.
    const scriptsFor = (document: string, room?: string) => {
      const own = packageJson.workspaces.filter(
        (folder) => folder === room || document.startsWith(`${folder}/`),
      );
      const scripts = own.map((folder) => JSON.parse(readText(`${folder}/package.json`)).scripts ?? {});
      return [packageJson.scripts, ...scripts].flatMap(Object.keys);
    };
    const missing = commands.filter(
      ({ document, script, room }) => !scriptsFor(document, room).includes(script),
    );
    expect(missing).toEqual([]);
  });

  it("agree with package.json about Node", () => {
    const oldest = packageJson.engines.node.replace(">=", "");
    expect(readText("README.md")).toContain(`Node ${oldest}`);
    expect(readText("scripts/require-node.mjs")).toContain(`[${oldest.replace(".", ", ")}]`);
  });
});

describe("the packages", () => {
  type Package = { optionalDependencies?: Record<string, string> };
  const lock = JSON.parse(readText("package-lock.json")) as { packages: Record<string, Package> };

  it("do not hold `node`, whose binary would take over every npm script", () => {
    expect(Object.keys(lock.packages)).not.toContain("node_modules/node");
  });

  it("are locked for every platform, or `npm ci` refuses the lock file", () => {
    const locked = new Set(Object.keys(lock.packages).map((path) => path.replace(/^.*node_modules\//, "")));
    const missing = Object.values(lock.packages)
      .flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies))
      .filter((name) => !locked.has(name));
    expect(missing).toEqual(none);
  });

  it("are pinned to exact versions", () => {
    const loose = Object.entries(packageJson.dependencies).filter(
      ([, version]) => !/^\d+\.\d+\.\d+/.test(version),
    );
    expect(loose).toEqual([]);
  });
});

/** The first line that is code: comments and blank lines before it say nothing to the compiler. */
function firstStatement(text: string) {
  const withoutComments = text.replace(/^(\s|\/\/.*\n|\/\*[\s\S]*?\*\/)+/, "");
  return withoutComments.split("\n", 1)[0];
}
