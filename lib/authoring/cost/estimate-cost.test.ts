import { describe, expect, it } from "vitest";
import { type CostParts, estimateCost, sayUsd } from "./estimate-cost";

const AL2023 = "arn:aws:imagebuilder:us-east-1:aws:image/amazon-linux-2023-x86/x.x.x";
const volume = (volumeSize: number, volumeType = "gp3") => ({
  deviceName: "/dev/xvda",
  ebs: { volumeSize, volumeType },
});
const base: CostParts = {
  recipe: { parentImage: AL2023, blockDeviceMappings: [volume(30)] },
  infrastructure: { instanceTypes: ["m7i.large"] },
  buildMinutes: 60,
};
const distributionOf = (...accounts: number[]) => ({
  distributions: accounts.map((count, index) => ({
    region: `region-${index}`,
    amiDistributionConfiguration: { targetAccountIds: Array.from({ length: count }, (_, at) => `${at}`) },
  })),
});

describe("estimateCost", () => {
  it.each<[string, CostParts, number]>([
    ["an hour of an instance and its volume", base, 0.1008 + (30 * 0.08) / 730],
    ["half of it in half the time", { ...base, buildMinutes: 30 }, 0.0504 + (30 * 0.08) / 730 / 2],
    [
      "a larger size by its factor",
      { ...base, infrastructure: { instanceTypes: ["m7i.2xlarge"] } },
      0.4032 + (30 * 0.08) / 730,
    ],
    [
      "the license of Windows",
      {
        ...base,
        recipe: {
          ...base.recipe,
          parentImage:
            "arn:aws:imagebuilder:us-east-1:aws:image/windows-server-2025-english-full-base-x86/x.x.x",
        },
      },
      0.1928 + (30 * 0.08) / 730,
    ],
    [
      "the transfer to other Regions",
      { ...base, distribution: distributionOf(0, 0, 0) },
      0.1008 + (30 * 0.08) / 730 + 2 * 30 * 0.02,
    ],
  ])("counts for a run %s", (_, parts, usd) => {
    expect(estimateCost(parts).runUsd).toBeCloseTo(usd, 6);
  });

  it.each<[string, CostParts, number]>([
    ["one copy where nothing is distributed", base, 1.5],
    [
      "a copy for each Region and each account in it",
      { ...base, distribution: distributionOf(0, 2) },
      30 * 4 * 0.05,
    ],
    ["all volumes", { ...base, recipe: { blockDeviceMappings: [volume(30), volume(70, "gp2")] } }, 5],
  ])("counts for a month %s", (_, parts, usd) => {
    expect(estimateCost(parts).monthUsd).toBeCloseTo(usd, 6);
  });

  it("says what it had to guess", () => {
    expect(estimateCost({}).assumptions).toEqual([
      "List prices in us-east-1, before discounts and taxes.",
      "Assumes 30-minute builds.",
      "Image Builder chooses the instance type. Assumes m5.large.",
      "Assumes 8 GiB.",
    ]);
    const unknown = estimateCost({ ...base, infrastructure: { instanceTypes: ["u-24tb1.metal"] } });
    expect(unknown.assumptions).toContain("Price of u-24tb1.metal unknown. Assumes m5.large.");
    expect(estimateCost(base).assumptions).toHaveLength(1);
  });
});

describe("sayUsd", () => {
  it.each([
    [0, "$0.00"],
    [0.004, "less than $0.01"],
    [0.031, "$0.03"],
    [1.5, "$1.50"],
    [1234.5, "$1,234.50"],
  ])("says %s as %s", (usd, said) => expect(sayUsd(usd)).toBe(said));
});
