import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CreateRepositoryCommand, ECRClient } from "@aws-sdk/client-ecr";
import { CreateContainerRecipeCommand, ImagebuilderClient } from "@aws-sdk/client-imagebuilder";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { projectRoot } from "@/lib/testing/project-files";
import { clientConfig, createSimulator, type Simulator } from "@/simulator/testing";
import { containerRecipeSchema } from "./recipe-schemas";

/** The rules of container recipes, valid and invalid, through the schema of the form and the simulator: they must agree. */
const REGISTRY = "public.ecr.aws/amazonlinux/amazonlinux:2023";
const WINDOWS = "mcr.microsoft.com/windows/servercore:ltsc2022";
const IMAGE = "arn:aws:imagebuilder:us-east-1:aws:image/amazon-linux-2023-x86/x.x.x";
const COMPONENT = "arn:aws:imagebuilder:us-east-1:aws:component/update-linux/x.x.x";
const [parent, environments, components] = ["parentImage", "environments", "components"].map(
  (name) => `{{{ imagebuilder:${name} }}}`,
);
const whole = `FROM ${parent}\n${environments}\n${components}\n`;
const plain = `FROM ${parent}\n`;
const withComponents = (dockerfileTemplateData: string) => ({
  dockerfileTemplateData,
  components: [{ componentArn: COMPONENT }],
});

const rows: Record<string, { valid: object[]; invalid: object[] }> = {
  "61 the base image": {
    valid: [
      { dockerfileTemplateData: plain },
      { dockerfileTemplateData: "FROM {{{imagebuilder:parentImage}}}\n" },
    ],
    invalid: [
      { dockerfileTemplateData: "FROM ubuntu\n" },
      { dockerfileTemplateData: "FROM {{ imagebuilder:parentImage }}\n" },
      { dockerfileTemplateData: "FROM {{{{ imagebuilder:parentImage }}}}\n" },
      { dockerfileTemplateData: "FROM {{{ imagebuilder:parentImage }}\n" },
      { dockerfileTemplateData: "FROM {{{ imagebuilder:baseImage }}}\n" },
      { dockerfileTemplateData: "FROM {{{ imagebuilder:parentimage }}}\n" },
    ],
  },
  "61 braces of other tools": {
    valid: [
      { dockerfileTemplateData: `${plain}RUN docker ps --format '{{.Names}}' && echo {{{ mustache }}}\n` },
      { dockerfileTemplateData: `${plain}LABEL a="{{ cookiecutter.name }}"\n` },
    ],
    invalid: [{ dockerfileTemplateData: `${plain}{{ imagebuilder:environments }}\n` }],
  },
  "62 components and their environment": {
    valid: [withComponents(whole), { dockerfileTemplateData: whole }],
    invalid: [
      withComponents(plain),
      withComponents(`FROM ${parent}\n${components}\n`),
      withComponents(`FROM ${parent}\n${environments}\n`),
      withComponents(`FROM ${parent}\n${components}\n${environments}\n`),
      { dockerfileTemplateData: `FROM ${parent}\n${components}\n${environments}\n` },
      withComponents(`${environments}\nFROM ${parent}\n${components}\n`),
    ],
  },
  "63 the platform": {
    valid: [{ platformOverride: "Linux" }],
    invalid: [{ platformOverride: "macOS" }],
  },
  "64 Windows needs its OS version": {
    valid: [
      {
        parentImage: WINDOWS,
        platformOverride: "Windows",
        imageOsVersionOverride: "Microsoft Windows Server 2022",
      },
    ],
    invalid: [{ parentImage: WINDOWS, platformOverride: "Windows" }],
  },
  "65 an image of Image Builder says its platform": {
    valid: [{ parentImage: IMAGE }],
    invalid: [{ parentImage: IMAGE, platformOverride: "Linux" }],
  },
  "66 a registry's image without a platform": {
    valid: [{}, { parentImage: "222222222222.dkr.ecr.us-east-1.amazonaws.com/team/web:latest" }],
    invalid: [],
  },
  "67 the template's text or its address": {
    valid: [],
    invalid: [
      { dockerfileTemplateUri: "s3://documents/Dockerfile" },
      { dockerfileTemplateData: undefined },
      { dockerfileTemplateData: undefined, dockerfileTemplateUri: "https://example.com/Dockerfile" },
    ],
  },
  "68 components of the Marketplace": {
    valid: [],
    invalid: [
      {
        dockerfileTemplateData: whole,
        components: [
          { componentArn: "arn:aws:imagebuilder:us-east-1:aws-marketplace:component/scanner/1.0.0/1" },
        ],
      },
    ],
  },
};

let simulator: Simulator;
beforeAll(async () => {
  simulator = createSimulator();
  await new ECRClient(clientConfig(simulator)).send(new CreateRepositoryCommand({ repositoryName: "web" }));
});
afterAll(() => simulator.close?.());

let made = 0;
async function verdicts(change: object) {
  const input = {
    containerType: "DOCKER" as const,
    name: `web ${++made}`,
    semanticVersion: "1.0.0",
    parentImage: REGISTRY,
    dockerfileTemplateData: plain,
    targetRepository: { service: "ECR" as const, repositoryName: "web" },
    ...change,
  };
  const form = containerRecipeSchema.safeParse(input).error?.issues.map(({ message }) => message) ?? [];
  const answer = await new ImagebuilderClient(clientConfig(simulator))
    .send(new CreateContainerRecipeCommand(input as never))
    .then(
      () => undefined,
      (error: Error) => error.message,
    );
  return { form, simulator: answer };
}

describe("the language of container recipes", () => {
  it.each(
    Object.entries(rows).flatMap(([title, { valid, invalid }]) => [
      ...valid.map((change, index) => [`${title}: valid ${index + 1}`, change, true] as const),
      ...invalid.map((change, index) => [`${title}: invalid ${index + 1}`, change, false] as const),
    ]),
  )("%s", async (_, change, isValid) => {
    const said = await verdicts(change);
    expect({ ...said, taken: [said.form.length === 0, said.simulator === undefined] }).toMatchObject({
      taken: [isValid, isValid],
    });
  });
});

const file = join(projectRoot, "../shared/cases/container-recipes.json");

describe.skipIf(!existsSync(file))("container recipes of bug reports (needs ../shared/cases)", () => {
  it.each([
    ["no variables, one component", /parentImage.*environments.*components/s],
    ["components before environments", /environments.*must come before.*components/],
    ["two braces", /three braces/],
    ["Windows without imageOsVersionOverride", /OS version/],
    ["macOS container", /Linux or Windows/],
    ["private ECR or Docker Hub, no override (AWS reads the manifest)", undefined],
  ] as const)("says of %s what is missing", async (name, words) => {
    const all = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>[];
    const { case: _, components: named, ...change } = all.find((each) => each.case === name) ?? {};
    const { form, simulator: answer } = await verdicts({
      ...change,
      ...(Array.isArray(named) && { components: [{ componentArn: COMPONENT }] }),
    });
    if (words) expect(form.join("\n")).toMatch(words);
    expect([form.length === 0, answer === undefined]).toEqual([!words, !words]);
  });
});
