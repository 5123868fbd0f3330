import { expect, it } from "vitest";
import { findHandMadeArns } from "./arn-rule";
import { listFiles, readText } from "./project-files";

/**
 * Patterns that AWS's own models give for a field, for a form or the configuration to refuse what AWS would refuse:
 * they check a whole text and take nothing out of it.
 */
const CHECKS_SHAPES = /^lib\/(config\/(sign-in-)?config|definitions\/[a-z]+-schemas)\.ts$/;
/** Lines of logs: one knows a line that is an ARN, the other masks the version in whatever line mentions one. */
const LOOKS_INTO_TEXT = /^lib\/build-log\/(parser\/read-log-line|compare\/mask-volatile)\.ts$/;

it("ARNs are taken apart and put together in lib/core/arn.ts only", () => {
  const product = listFiles().filter(
    (path) =>
      /^(app|components|lib)\/.*\.tsx?$/.test(path) &&
      !/\.test\.tsx?$|^lib\/testing\/|^lib\/core\/arn\.ts$/.test(path) &&
      !CHECKS_SHAPES.test(path) &&
      !LOOKS_INTO_TEXT.test(path),
  );
  expect(product.length).toBeGreaterThan(600);
  expect(
    product.flatMap((path) => findHandMadeArns(readText(path)).map((place) => `${path}:${place}`)),
  ).toEqual([]);
});

it.each([
  `arn.split("/")`,
  `resource.arn\n  .split(":")[4]`,
  `String(\n  componentArn ?? "",\n).replace(/^.*-/, "")`,
  `(row.arn ?? "").trim().slice(3)`,
  `toArn(name).startsWith(stem)`,
  `row["recipeArn"].at(-1)`,
  `arn!.lastIndexOf("/")`,
  `(arn as string).match(PATTERN)`,
  `PATTERN.exec(\n  failure.arn,\n)`,
  `text.includes(":container-recipe/")`,
  `reason.replace(/arn:aws[^:]*:imagebuilder:/g, "")`,
  `/:component\\/([^/]+)/.exec(document)`,
  `value.startsWith("arn:")`,
  `new RegExp(\`^arn:aws:iam::\${account}:role/\`)`,
  `choice.value.endsWith("/x.x.x")`,
  `const made = \`arn:aws:iam::\${account}:root\``,
  `const followed = \`\${stem}/x.x.x\``,
  `const next = \`\${row.arn}/\${version}\``,
  `version.includes("x")`,
])("%s is such a place", (source) => expect(findHandMadeArns(source)).toHaveLength(1));

it.each([
  `parseImageBuilderArn(arn)?.name.split("-")`,
  `arns.includes(arn)`,
  `rows.filter(({ arn }) => arn === wanted)`,
  `permissions.includes("imagebuilder:GetImage")`,
  `const key = \`\${kind} \${arn}\``,
  `const placeholder = "arn:aws:iam::111111111111:role/Builder"`,
  `names.map((name) => imageBuilderArn(target, "image", name)).at(-1)`,
  `name.includes("x")`,
  `search("warning")`,
])("%s is none", (source) => expect(findHandMadeArns(source)).toEqual([]));
