import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot, runNpm } from "./prepare-project.mjs";

// `npm run sbom`: the npm packages that ship, as CycloneDX. npm makes the list of all; its own `--omit dev` leaves out
// what ships and is needed for building, too, so the lock file says what ships.
const { ok, output } = await runNpm(["sbom", "--sbom-format=cyclonedx", "--package-lock-only"], {
  quiet: true,
});
if (!ok) {
  process.stderr.write(output);
  process.exit(1);
}
const all = JSON.parse(output);
const { name, packages } = JSON.parse(readFileSync(join(projectRoot, "package-lock.json"), "utf8"));
// npm calls it as its folder is called.
all.metadata.component.name = name;
const shipped = new Set(
  Object.entries(packages)
    .filter(([path, { dev, devOptional }]) => path !== "" && !dev && !devOptional)
    .map(([path, { name: own, version }]) => `${own ?? path.replace(/^.*node_modules\//, "")}@${version}`),
);
const components = all.components.filter((each) => shipped.has(each["bom-ref"]));
const refs = new Set([all.metadata.component["bom-ref"], ...components.map((each) => each["bom-ref"])]);
const dependencies = all.dependencies
  .filter(({ ref }) => refs.has(ref))
  .map((each) => ({ ...each, dependsOn: each.dependsOn?.filter((ref) => refs.has(ref)) }));
process.stdout.write(`${JSON.stringify({ ...all, components, dependencies }, null, 2)}\n`);
