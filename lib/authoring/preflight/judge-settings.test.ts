import { describe, expect, it } from "vitest";
import { WORKFLOWS } from "@/lib/testing/pipeline-rows";
import { judgeHypervisors, judgeSettings, type SettingParts } from "./judge-settings";
import { judgeWorkflows } from "./judge-workflows";

const parts = (change: Partial<SettingParts>): SettingParts => ({
  recipe: {},
  recipeKind: "image-recipe",
  infrastructure: {},
  distribution: {},
  ...change,
});
const region = (settings: object) => ({ distributions: [{ region: "us-east-1", ...settings }] });
const shared = (userGroups: string[]) =>
  region({ amiDistributionConfiguration: { launchPermission: { userGroups } } });
const marked = { recipe: { amiWatermarks: ["Prod V1"] } };
const metadata = (httpTokens: string, httpPutResponseHopLimit: number) => ({
  recipeKind: "container-recipe" as const,
  infrastructure: { instanceMetadataOptions: { httpTokens, httpPutResponseHopLimit } },
});
const fast = (more: object = {}) => ({
  distribution: region({ fastLaunchConfigurations: [{ enabled: true }], ...more }),
});
const accounts = { amiDistributionConfiguration: { targetAccountIds: ["333333333333"] } };
const mac = (instanceTypes: string[], tenancy?: string) => ({
  infrastructure: { instanceTypes, ...(tenancy && { placement: { tenancy } }) },
});

/** Rows of the guide's table: what is judged, the platform, and the check that it leads to. */
const ROWS: [row: string, change: Partial<SettingParts>, platform: string | undefined, check?: string][] = [
  ["59 watermarks, private", { ...marked, distribution: shared([]) }, undefined],
  ["59 watermarks, public", { ...marked, distribution: shared(["all"]) }, undefined, "watermarks"],
  ["59 public without watermarks", { distribution: shared(["all"]) }, undefined],
  ["79 a Mac on a host", mac(["mac2.metal"], "host"), "macOS"],
  ["79 no Mac", mac(["m7i.large"], "host"), "macOS", "mac"],
  ["79 a Mac without a host", mac(["mac2.metal"]), "macOS", "mac"],
  ["79 the same on Linux", mac(["m7i.large"]), "Linux"],
  ["80 two hops", metadata("required", 2), undefined],
  ["80 one hop", metadata("required", 1), undefined, "hop-limit"],
  ["80 one hop without tokens", metadata("optional", 1), undefined],
  ["80 an AMI", { ...metadata("required", 1), recipeKind: "image-recipe" }, undefined],
  ["85 Fast Launch in the own account", fast(), "Windows"],
  ["85 Fast Launch in others", fast(accounts), "Windows", "fast-launch us-east-1"],
  ["85 Fast Launch of Linux", fast(), "Linux", "fast-launch us-east-1"],
  ["85 platform not known", fast(), undefined],
];

describe("settings that do not go together", () => {
  it.each(ROWS)("%s", (_, change, platform, check) => {
    expect(judgeSettings(parts(change), platform).map(({ id }) => id)).toEqual(check ? [check] : []);
  });

  it.each([
    ["81 one kind", "Windows", ["nitro", "nitro"], 0],
    ["81 two kinds", "Windows", ["nitro", "xen"], 1],
    ["81 two kinds on Linux", "Linux", ["nitro", "xen"], 0],
    ["81 platform not known", undefined, ["nitro", "xen"], 0],
    ["81 a kind that is not known", "Windows", ["nitro", undefined], 0],
  ])("%s", (_, platform, hypervisors, count) => {
    const types = hypervisors.map((hypervisor, index) => ({ type: `m${index}.large`, hypervisor }));
    expect(judgeHypervisors(platform, types)).toHaveLength(count);
  });
});

const workflow = (name: keyof typeof WORKFLOWS, given: string[] = []) => ({
  arn: `arn:aws:imagebuilder:us-east-1:222222222222:workflow/test/${name}/1.0.0/1`,
  data: `schemaVersion: 1.0\nsteps:\n  - name: Wait\n    action: WaitForAction\n${WORKFLOWS[name].rest}`,
  given,
});

describe("workflows of a pipeline", () => {
  it.each([
    ["46 outputs of other names", [workflow("build-own"), workflow("test-other")], "ok"],
    ["46 an output twice", [workflow("build-own"), workflow("test-names")], "problem"],
    ["51 a value", [workflow("test-asks", ["team"])], "ok"],
    ["51 no value", [workflow("test-asks")], "problem"],
    ["a document that could not be read", [{ arn: workflow("build-own").arn, given: [] }], "unknown"],
  ])("%s", (_, workflows, state) => {
    expect(judgeWorkflows(workflows).map((check) => check.state)).toEqual([state]);
  });

  it.each([
    ["that hands on its AMI", "build-own", "image-recipe", "ok"],
    ["that hands on nothing", "build-mute", "image-recipe", "problem"],
    ["that hands it on under another name", "build-other", "image-recipe", "problem"],
    ["of a container recipe", "build-mute", "container-recipe", "ok"],
  ] as const)("a BUILD workflow %s", (_, name, recipeKind, state) => {
    const arn = `arn:aws:imagebuilder:us-east-1:222222222222:workflow/build/${name}/1.0.0/1`;
    expect(judgeWorkflows([{ ...workflow(name), arn }], recipeKind).map((check) => check.state)).toEqual([
      state,
    ]);
  });

  it("are nothing to check where there are none", () => {
    expect(judgeWorkflows([])).toEqual([]);
  });
});
