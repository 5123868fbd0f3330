import { describe, expect, it } from "vitest";
import { collectPages } from "@/lib/aws/paginate";
import { imageBuilderArn, normaliseName, parseImageBuilderArn } from "./arn";

describe("imageBuilderArn", () => {
  it("names a resource in the Region's partition, with the name normalised", () => {
    const at = (region: string) =>
      imageBuilderArn({ region, accountId: "1" }, "image", "Web Base_1", "1.0.0", "2");
    expect(at("us-east-1")).toBe("arn:aws:imagebuilder:us-east-1:1:image/web-base-1/1.0.0/2");
    expect(at("cn-north-1")).toMatch(/^arn:aws-cn:/);
    expect(at("us-gov-west-1")).toMatch(/^arn:aws-us-gov:/);
  });

  it("is read back into its parts", () => {
    const arn = imageBuilderArn({ region: "us-east-1", accountId: "1" }, "image", "web", "1.0.0", "2");
    const parts = { accountId: "1", region: "us-east-1", name: "web", version: "1.0.0", build: "2" };
    expect(parseImageBuilderArn(arn)).toEqual({ ...parts, kind: "image" });
    const workflow = "arn:aws:imagebuilder:us-east-1:aws:workflow/build/build-image/1.0.3/1";
    expect(parseImageBuilderArn(workflow)).toMatchObject({
      kind: "workflow/build",
      name: "build-image",
      build: "1",
    });
  });

  it.each(["", "ami-123", "arn:aws:ec2:us-east-1::image/ami-1", "arn:aws:imagebuilder:us-east-1:1:image"])(
    "is not read from %j",
    (text) => expect(parseImageBuilderArn(text)).toBeUndefined(),
  );

  it("normalises names that AWS takes as the same", () => {
    expect(new Set(["Web Base", "web_base", "WEB-BASE"].map(normaliseName))).toEqual(new Set(["web-base"]));
  });
});

describe("collectPages", () => {
  const pages = [[1, 2], [3, 4], [5]];
  const load = async (token: string | undefined) => {
    const index = Number(token ?? 0);
    return { items: pages[index], next: index + 1 < pages.length ? String(index + 1) : undefined };
  };

  it("walks to the end, or until a page is enough", async () => {
    expect(await collectPages({ load })).toEqual([1, 2, 3, 4, 5]);
    expect(await collectPages({ load, enough: (page) => page.includes(3) })).toEqual([1, 2, 3, 4]);
  });

  it("ends when a token repeats", async () => {
    expect(await collectPages({ load: async () => ({ items: ["x"], next: "same" }) })).toEqual(["x", "x"]);
  });
});
