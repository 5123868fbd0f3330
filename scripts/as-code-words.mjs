import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { NormalizedSchema } from "@smithy/core/schema";

/**
 * What CloudFormation, Terraform's AWS provider and the AWS CLI have words for, read from their own schemas.
 * A word's value says what it takes: a type's name, `[word]` a list, `{ "*": word }` keys of the user's own,
 * another object a structure (in Terraform a block).
 */
const require = createRequire(import.meta.url);
const versionOf = (name) =>
  JSON.parse(readFileSync(join(import.meta.dirname, "../node_modules", name, "package.json"), "utf8"))
    .version;

const KINDS = {
  component: "Component",
  "image-recipe": "ImageRecipe",
  "container-recipe": "ContainerRecipe",
  "infrastructure-configuration": "InfrastructureConfiguration",
  "distribution-configuration": "DistributionConfiguration",
  "image-pipeline": "ImagePipeline",
  "lifecycle-policy": "LifecyclePolicy",
  workflow: "Workflow",
};

const ofEachKind = (read) =>
  Object.fromEntries(Object.entries(KINDS).map(([kind, name]) => [kind, read(name, kind)]));
const sorted = (entries) => Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));

/** The properties of `AWS::ImageBuilder::*`, from the specification that the CDK is made from. */
export function cloudFormationWords() {
  const db = require("@aws-cdk/aws-service-spec").loadAwsServiceSpecSync();
  const properties = (all) => sorted(Object.entries(all).map(([name, { type }]) => [name, wordOf(type)]));
  const wordOf = (type) => {
    if (type.type === "ref") return properties(db.get("typeDefinition", type.reference.$ref).properties);
    if (type.type === "array") return [wordOf(type.element)];
    if (type.type === "map") return { "*": wordOf(type.element) };
    return type.type;
  };
  return {
    source: { package: "@aws-cdk/aws-service-spec", version: versionOf("@aws-cdk/aws-service-spec") },
    words: ofEachKind((name) =>
      properties(
        db.lookup("resource", "cloudFormationType", "equals", `AWS::ImageBuilder::${name}`).only().properties,
      ),
    ),
  };
}

/**
 * Members of the requests that this release of the SDK does not know yet.
 * https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_CreateImageRecipe.html
 * https://docs.aws.amazon.com/imagebuilder/latest/userguide/dry-run-resources.html
 */
const NEWER_THAN_SDK = {
  ...Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, { dryRun: "boolean" }])),
  "image-recipe": { dryRun: "boolean", amiWatermarks: ["string"] },
};

/** The options of `aws imagebuilder create-*`: the CLI makes them from the members of the request. */
export function cliWords() {
  const wordOf = (schema) => {
    if (schema.isStructSchema())
      return sorted([...schema.structIterator()].map(([name, member]) => [name, wordOf(member)]));
    if (schema.isListSchema()) return [wordOf(schema.getValueSchema())];
    if (schema.isMapSchema()) return { "*": wordOf(schema.getValueSchema()) };
    if (schema.isStringSchema()) return "string";
    return schema.isBooleanSchema() ? "boolean" : "integer";
  };
  return {
    source: { package: "@aws-sdk/client-imagebuilder", version: versionOf("@aws-sdk/client-imagebuilder") },
    words: ofEachKind((name, kind) => ({
      ...NEWER_THAN_SDK[kind],
      ...wordOf(NormalizedSchema.of(require("@aws-sdk/client-imagebuilder")[`Create${name}Request$`])),
    })),
  };
}

const TERRAFORM_PACKAGE = "@cdktn/provider-aws";
/** Arguments of every resource that no request has: the provider fills them, or takes them for itself. */
const TERRAFORM_OWN = ["id", "region", "tags_all", "timeouts"];

/**
 * The arguments of `aws_imagebuilder_*`, from the provider's bindings for the CDK. The package is large, so it is
 * fetched into a temporary folder and not kept.
 * @param version The package's version, the newest without it
 * @throws When the registry cannot be reached
 */
export function terraformWords(version = "latest") {
  const folder = mkdtempSync(join(tmpdir(), "as-code-words-"));
  const run = (command, ...args) => execFileSync(command, args, { cwd: folder, encoding: "utf8" });
  try {
    const [{ filename, version: found }] = JSON.parse(
      run("npm", "pack", "--json", `${TERRAFORM_PACKAGE}@${version}`),
    );
    const files = Object.keys(KINDS).map((kind) => `package/lib/imagebuilder-${kind}/index.js`);
    run("tar", "xzf", filename, ...files);
    let provider = "";
    const words = Object.fromEntries(
      Object.keys(KINDS).map((kind) => {
        const text = readFileSync(join(folder, "package/lib", `imagebuilder-${kind}`, "index.js"), "utf8");
        provider = /providerVersion: '([^']+)'/.exec(text)?.[1] ?? "";
        return [kind, terraformArguments(text)];
      }),
    );
    return {
      source: { package: TERRAFORM_PACKAGE, version: found, provider: `hashicorp/aws ${provider}` },
      words,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the bindings of one resource write as HCL, block by block. */
export function terraformArguments(text) {
  const blocks = new Map(
    [...text.matchAll(/^function (\w+ToHclTerraform)\(struct\) \{\n([\s\S]*?)^\}/gm)].map(
      ([, name, body]) => [name, body],
    ),
  );
  const read = (body) =>
    sorted(
      [
        ...body.matchAll(
          /^ +(\w+): \{\n +value: (.*),\n +isBlock: (\w+),\n +type: "(\w+)",\n +storageClassType: "(\w+)"/gm,
        ),
      ].map(([, name, value, isBlock, , storage]) => [name, wordOf(value, isBlock === "true", storage)]),
    );
  const wordOf = (value, isBlock, storage) => {
    const block = blocks.get(/\w+ToHclTerraform(?=[,)(])/g.exec(value)?.[0] ?? "");
    if (isBlock && block) return value.includes("listMapperHcl") ? [read(block)] : read(block);
    if (storage === "stringMap") return { "*": "string" };
    if (storage === "stringList") return ["string"];
    return storage;
  };
  const root = /synthesizeHclAttributes\(\) \{\n([\s\S]*?)^ {4}\}/m.exec(text)?.[1] ?? "";
  return Object.fromEntries(Object.entries(read(root)).filter(([name]) => !TERRAFORM_OWN.includes(name)));
}
