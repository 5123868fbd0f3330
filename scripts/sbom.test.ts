import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { projectRoot, runNpm } from "./prepare-project.mjs";

type Locked = {
  version?: string;
  integrity?: string;
  dev?: boolean;
  devOptional?: boolean;
  link?: boolean;
  resolved?: string;
};
type Component = { purl: string; hashes?: object[] };

it("the list of what ships has every package that ships, with checksum, and none that only builds", async () => {
  const { ok, output } = await runNpm(["run", "--silent", "sbom"], { quiet: true });
  expect(ok).toBe(true);
  const { bomFormat, components } = JSON.parse(output) as { bomFormat: string; components: Component[] };
  expect(bomFormat).toBe("CycloneDX");
  const nameOf = ({ purl }: Component) => decodeURIComponent(purl).replace(/^pkg:npm\/|\?.*$/g, "");
  const listed = new Set(components.map(nameOf));
  const { packages } = JSON.parse(readFileSync(join(projectRoot, "package-lock.json"), "utf8")) as {
    packages: Record<string, Locked>;
  };
  const namedAs = (path: string, { version }: Locked) =>
    `${path.replace(/^.*node_modules\//, "")}@${version}`;
  const locked = Object.entries(packages).filter(
    ([path, { link }]) => path.includes("node_modules/") && !link,
  );
  const shipped = locked
    .filter(([, { dev, devOptional }]) => !dev && !devOptional)
    .map(([path, each]) => namedAs(path, each));
  const building = locked.filter(([, { dev }]) => dev).map(([path, each]) => namedAs(path, each));
  expect(shipped.length).toBeGreaterThan(100);
  expect(shipped.filter((each) => !listed.has(each))).toEqual([]);
  expect(building.filter((each) => listed.has(each) && !shipped.includes(each))).toEqual([]);
  // Some builds of Next's compiler for other systems have no checksum in the lock file either.
  const summed = new Set(
    locked.filter(([, each]) => each.integrity).map(([path, each]) => namedAs(path, each)),
  );
  const unsummed = components.filter(({ hashes }) => !hashes?.length).map(nameOf);
  expect(unsummed.filter((each) => summed.has(each))).toEqual([]);
  expect(summed.size).toBeGreaterThan(100);
});
