import { readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import own from "./package.json";

const ROOT = fileURLToPath(new URL(".", import.meta.url));
const GENERATED = ["dist", "node_modules"];
const files = listFiles("");
/** What only tests and the build import. */
const workshop = files.filter((path) => /(^conformance\/.*|-fixture|\.test)\.ts$|\.config\.mjs$/.test(path));
const product = files.filter((path) => extname(path) === ".ts" && !workshop.includes(path));
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");

function listFiles(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter(({ name }) => !GENERATED.includes(name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? listFiles(path) : [path];
    });
}

/** The packages that files import, without Node's own modules. */
function packagesOf(paths: string[]): string[] {
  const names = paths.flatMap((path) =>
    [...read(path).matchAll(/^(?:import |(?:import|export|\}).* from )"([^"]+)";$/gm)].map(
      ([, from = ""]) => from,
    ),
  );
  const packages = names
    .filter((name) => !name.startsWith(".") && !name.startsWith("node:") && !builtinModules.includes(name))
    .map((name) => /^(@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name);
  return [...new Set(packages)].sort();
}

describe("the package", () => {
  const { dependencies, devDependencies } = own;
  /** Data of the same repository, which the build takes into the bundle. */
  const bundled = packagesOf(product).filter((name) => name in devDependencies);

  test("depends on exactly what its code imports, at exact versions", () => {
    const imported = packagesOf(product).filter((name) => !bundled.includes(name));
    expect(Object.keys(dependencies).sort()).toEqual(imported);
    expect(bundled).toEqual(["goldsmith-languages"]);
    const versions = Object.values({ ...dependencies, ...devDependencies });
    expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  test("needs for its tests and its build what it declares", () => {
    const known = { ...dependencies, ...devDependencies };
    expect(packagesOf(workshop).filter((name) => !(name in known))).toEqual([]);
  });

  test("knows nothing of the console that it was made beside", () => {
    const named = files
      .filter((path) => path !== "package.test.ts")
      .flatMap((path) =>
        read(path)
          .split("\n")
          .filter((line) => /goldsmith(?!-languages)/i.test(line))
          .map((line) => `${path}: ${line.trim()}`),
      );
    expect(named).toEqual([]);
  });

  test("has a README that names each of its options and exports", () => {
    const readme = read("README.md");
    for (const name of ["--port", "--data", "--speed", "--seed", "--trouble", `npx ${own.name}`]) {
      expect(readme).toContain(name);
    }
    const doors = Object.keys(own.exports).filter((door) => !door.endsWith(".json"));
    for (const door of doors) expect(readme).toContain(`"${join(own.name, door)}"`);
  });
});
