import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { fingerprintOf, isInstalled, projectRoot } from "./prepare-project.mjs";

describe("isInstalled", () => {
  const locked = {
    "": { version: "0.1.0" },
    "node_modules/next": { version: "16.0.0" },
    "node_modules/@next/swc-darwin-arm64": { version: "16.0.0", optional: true },
  };

  it("is content without the packages of other platforms", () => {
    expect(isInstalled(locked, { "node_modules/next": { version: "16.0.0" } })).toBe(true);
  });

  it("sees a package that is missing", () => {
    expect(isInstalled(locked, {})).toBe(false);
  });

  it("sees a package of another version, optional ones too", () => {
    expect(isInstalled(locked, { "node_modules/next": { version: "15.9.9" } })).toBe(false);
    const old = { "node_modules/@next/swc-darwin-arm64": { version: "15.9.9" } };
    expect(isInstalled(locked, { "node_modules/next": { version: "16.0.0" }, ...old })).toBe(false);
  });
});

describe("isInstalled with packages of this project", () => {
  const locked = {
    "": { version: "0.1.0" },
    simulator: { version: "0.1.0" },
    "node_modules/imagebuilder-simulator": { resolved: "simulator", link: true },
  };
  const link = "node_modules/imagebuilder-simulator";

  it("is content with the link", () => {
    expect(isInstalled(locked, { ...locked })).toBe(true);
  });

  it.each([
    ["a link that is missing", { [link]: undefined }],
    ["a link to another folder", { [link]: { resolved: "other", link: true } }],
    ["a package of the registry in its place", { [link]: { version: "0.1.0" } }],
    ["a folder of another version", { simulator: { version: "0.2.0" } }],
    ["a folder that npm has not seen", { simulator: undefined }],
  ])("sees %s", (_what, change) => {
    const installed = JSON.parse(JSON.stringify({ ...locked, ...change }));
    expect(isInstalled(locked, installed)).toBe(false);
  });

  it("sees a link where the lock file has a package", () => {
    expect(
      isInstalled({ [link]: { version: "0.1.0" } }, { [link]: { resolved: "simulator", link: true } }),
    ).toBe(false);
  });

  it("is content with what npm wrote about this very project", () => {
    const read = (path: string) => JSON.parse(readFileSync(join(projectRoot, path), "utf8")).packages;
    const [lock, record] = [read("package-lock.json"), read("node_modules/.package-lock.json")];
    expect(Object.values(lock).filter((entry) => (entry as { link?: boolean }).link)).toHaveLength(2);
    expect(isInstalled(lock, record)).toBe(true);
  });
});

describe("fingerprintOf", () => {
  const project = () => {
    const root = mkdtempSync(join(tmpdir(), "goldsmith-fingerprint-"));
    mkdirSync(join(root, "app/deep"), { recursive: true });
    writeFileSync(join(root, "app/deep/page.tsx"), "one");
    return root;
  };

  it("is the same for the same files, wherever they lie and whenever they were written", () => {
    expect(fingerprintOf(project())).toBe(fingerprintOf(project()));
  });

  it("changes with a file's content, its name and a new file", () => {
    const before = fingerprintOf(project());
    const changes = [
      ["app/deep/page.tsx", "two"],
      ["app/deep/layout.tsx", "one"],
      ["next.config.js", "export default {}"],
    ] as const;
    for (const [path, text] of changes) {
      const root = project();
      writeFileSync(join(root, path), text);
      expect(fingerprintOf(root)).not.toBe(before);
    }
  });

  it("does not change with what no build reads: tests, installed packages, what was packed", () => {
    const root = project();
    const before = fingerprintOf(root);
    writeFileSync(join(root, "app/deep/page.test.tsx"), "test");
    for (const folder of ["simulator/node_modules", "simulator/dist"]) {
      mkdirSync(join(root, folder), { recursive: true });
      writeFileSync(join(root, folder, "index.js"), "one");
    }
    expect(fingerprintOf(root)).toBe(before);
  });
});

describe("a fresh clone", () => {
  /** Everything that a script loads before its first line runs, by what it is imported as. */
  function importsOf(path: string, seen = new Map<string, string>()): Map<string, string> {
    for (const [, from = ""] of readFileSync(path, "utf8").matchAll(
      /^(?:import|\} from|export .* from)\b.*?"([^"]+)";$/gm,
    )) {
      if (!from.startsWith(".")) seen.set(from, path);
      else if (!seen.has(join(dirname(path), from))) {
        seen.set(join(dirname(path), from), path);
        importsOf(join(dirname(path), from), seen);
      }
    }
    return seen;
  }

  it.each(["start", "test"])("can run npm %s, which installs the packages, before it has any", (script) => {
    const imports = [...importsOf(join(projectRoot, `scripts/${script}.mjs`))];
    expect(imports.map(([from]) => from)).toContain(join(projectRoot, "scripts/static-files.mjs"));
    expect(imports.filter(([from]) => !from.startsWith("/") && !from.startsWith("node:"))).toEqual([]);
  });
});
