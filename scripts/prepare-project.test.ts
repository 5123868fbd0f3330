import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fingerprintOf, isInstalled } from "./prepare-project.mjs";

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

  it("does not change with a test, which no build reads", () => {
    const root = project();
    const before = fingerprintOf(root);
    writeFileSync(join(root, "app/deep/page.test.tsx"), "test");
    expect(fingerprintOf(root)).toBe(before);
  });
});
