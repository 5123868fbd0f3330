import { describe, expect, it } from "vitest";
import { judgeAgent, judgeVolumes } from "./judge-volumes";

const ROOT = { deviceName: "/dev/xvda", sizeGiB: 30 };
const root = (ebs: object) => [{ deviceName: "/dev/xvda", ebs }];

describe("judgeVolumes", () => {
  it.each([
    ["a root volume of the base's size", root({ volumeSize: 30 }), "ok"],
    ["a device twice", [...root({ volumeSize: 30 }), ...root({ volumeSize: 40 })], "problem"],
    ["one that is smaller", root({ volumeSize: 29 }), "problem"],
    ["another device", [{ deviceName: "/dev/sda1", ebs: { volumeSize: 40 } }], "warning"],
    ["gp3 with what it has at any size", root({ volumeType: "gp3", iops: 3000, throughput: 750 }), "ok"],
    [
      "gp3 with more throughput than its IOPS carry",
      root({ volumeType: "gp3", iops: 3000, throughput: 751 }),
      "problem",
    ],
    [
      "gp3 with more IOPS than its size allows",
      root({ volumeType: "gp3", volumeSize: 30, iops: 15_001 }),
      "problem",
    ],
    ["io1 at its limit", root({ volumeType: "io1", volumeSize: 40, iops: 2000 }), "ok"],
    ["io1 beyond it", root({ volumeType: "io1", volumeSize: 40, iops: 2001 }), "problem"],
    ["io1 beyond it at the base's own size", root({ volumeType: "io1", iops: 1501 }), "problem"],
    [
      "st1 below its smallest size",
      [...root({ volumeSize: 30 }), { deviceName: "/dev/sdb", ebs: { volumeType: "st1", volumeSize: 124 } }],
      "problem",
    ],
  ])("judges %s", (_, volumes, state) => {
    expect(judgeVolumes(volumes, ROOT).map((check) => check.state)).toEqual([state]);
  });

  it("never takes for fine what it was not compared with, and says nothing where nothing is set", () => {
    expect(judgeVolumes(root({ volumeSize: 8 }), undefined)).toMatchObject([{ state: "unknown" }]);
    expect(judgeVolumes(root({ volumeType: "io1", volumeSize: 4, iops: 999 }), undefined)).toMatchObject([
      { state: "problem" },
    ]);
    expect(judgeVolumes([], undefined)).toEqual([]);
  });
});

it("a setting of the agent is a problem on Windows, and not known where the platform is not", () => {
  const recipe = { additionalInstanceConfiguration: { systemsManagerAgent: { uninstallAfterBuild: true } } };
  const states = ["Windows", "Linux", undefined].map((platform) => judgeAgent(platform, recipe)[0]?.state);
  expect(states).toEqual(["problem", undefined, "unknown"]);
  expect(judgeAgent("Windows", {})).toEqual([]);
});
