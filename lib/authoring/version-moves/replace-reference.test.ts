import { describe, expect, it } from "vitest";
import { followsByItself, replaceReference } from "./replace-reference";

const ARN = "arn:aws:imagebuilder:us-east-1:111111111111:component/web";
const move = {
  from: { arn: `${ARN}/1.0.0`, buildArn: `${ARN}/1.0.0/3` },
  to: { arn: `${ARN}/1.1.0`, buildArn: `${ARN}/1.1.0/1` },
};
const moved = (componentArn: string) => replaceReference({ components: [{ componentArn }] }, move);

describe("replaceReference", () => {
  it.each([
    ["1.0.0", "1.1.0"],
    ["1.0.0/2", "1.1.0/1"],
    ["1.0.x", "1.1.0"],
    ["1.x.x", "1.x.x"],
    ["x.x.x", "x.x.x"],
    ["2.0.0", "2.0.0"],
  ])("makes of a reference to %s one to %s", (before, after) => {
    expect(moved(`${ARN}/${before}`)).toEqual({ components: [{ componentArn: `${ARN}/${after}` }] });
  });

  it("leaves other names, other accounts, parameters and unknown members alone", () => {
    const content = {
      components: [{ componentArn: `${ARN}-server/1.0.0` }],
      other: [`${ARN}/1.0.0`.replace("111111111111", "222222222222"), "1.0.0", 7, null],
      newMember: { deep: true },
    };
    expect(replaceReference(content, move)).toEqual(content);
  });

  it("knows what takes up a new version without being changed", () => {
    expect(followsByItself({ componentArn: `${ARN}/1.x.x` }, move)).toBe(true);
    expect(followsByItself({ componentArn: `${ARN}/1.0.x` }, move)).toBe(false);
    expect(followsByItself({ componentArn: `${ARN}/1.0.0` }, move)).toBe(false);
  });
});
