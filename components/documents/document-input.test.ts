import { describe, expect, it } from "vitest";
import { starterDocuments } from "@/lib/component-document/starter-documents";
import type { JsonObject } from "@/lib/definitions/types";
import { withoutEmpty } from "@/lib/definitions/without-empty";
import { documentFormSchema, toDocumentInput } from "./document-input";

const GOOD: JsonObject = {
  name: "web server",
  semanticVersion: "1.0.0",
  platform: "Linux",
  data: starterDocuments.Linux,
  documentFrom: "text",
};
const s3 = (uri: string) => ({ documentFrom: "s3", uri });
const tags = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, "v"]));
const TEN_MEGABYTES = "x".repeat(10 * 1024 * 1024);

const MALFORMED: [what: string, change: JsonObject, field: string, words: string][] = [
  ["no name", { name: "" }, "name", ""],
  ["a name of two letters", { name: "ab" }, "name", "at least 3"],
  ["a name of 129 letters", { name: "a".repeat(129) }, "name", "at most 128"],
  ["a name of 10 MB", { name: TEN_MEGABYTES }, "name", "at most 128"],
  ["a name that starts with a space", { name: " web" }, "name", "start or end with a space"],
  ["a name that ends with a space", { name: "web " }, "name", "start or end with a space"],
  ["a name with a slash", { name: "web/server" }, "name", "letters, digits"],
  ["a name with umlauts", { name: "wébserver" }, "name", "letters, digits"],
  ["a name in Chinese", { name: "网络服务器" }, "name", "letters, digits"],
  ["a name of emoji", { name: "🔥🔥🔥" }, "name", "letters, digits"],
  ["a name with a line break", { name: "web\nserver" }, "name", "letters, digits"],
  ["a script tag as the name", { name: "<script>alert(1)</script>" }, "name", "letters, digits"],
  ["no version", { semanticVersion: "" }, "semanticVersion", ""],
  ["a version of two numbers", { semanticVersion: "1.0" }, "semanticVersion", "three whole numbers"],
  ["a version of four numbers", { semanticVersion: "1.0.0.0" }, "semanticVersion", "three whole numbers"],
  ["a wildcard version", { semanticVersion: "1.0.x" }, "semanticVersion", "three whole numbers"],
  ["a version with a v", { semanticVersion: "v1.0.0" }, "semanticVersion", "three whole numbers"],
  ["a negative version", { semanticVersion: "1.-1.0" }, "semanticVersion", "three whole numbers"],
  ["a version with spaces", { semanticVersion: " 1.0.0 " }, "semanticVersion", "three whole numbers"],
  ["a version beyond 2^30 - 1", { semanticVersion: "1073741824.0.0" }, "semanticVersion", "1073741823"],
  ["no platform", { platform: "" }, "platform", "Choose Linux"],
  ["another platform", { platform: "linux" }, "platform", "Choose Linux"],
  ["a description of 1,025 characters", { description: "d".repeat(1025) }, "description", "1,024"],
  ["a change description of 10 MB", { changeDescription: TEN_MEGABYTES }, "changeDescription", "1,024"],
  [
    "26 OS versions",
    { supportedOsVersions: Array(26).fill("Ubuntu 24") },
    "supportedOsVersions",
    "At most 25",
  ],
  ["500 tags", { tags: tags(500) }, "tags", "at most 50"],
  ["a tag key that AWS keeps for itself", { tags: { "aws:owner": "me" } }, "tags", "cannot start with aws:"],
  ["a tag value of 257 characters", { tags: { team: "v".repeat(257) } }, "tags", "256"],
  ["no document", { data: "" }, "data", "required"],
  ["a document of 16,001 characters", { data: "d".repeat(16_001) }, "data", "16,000"],
  ["a document of 10 MB", { data: TEN_MEGABYTES }, "data", "16,000"],
  ["a document with a NUL character", { data: "name: a\0b" }, "data", "NUL"],
  ["no S3 address", s3(""), "uri", "s3://bucket/key"],
  ["a web address in place of S3's", s3("https://bucket.s3.amazonaws.com/key"), "uri", "s3://bucket/key"],
  ["an S3 address without a key", s3("s3://bucket"), "uri", "s3://bucket/key"],
];

const schema = await documentFormSchema("component")();

describe("the form of a component", () => {
  const issuesOf = (change: JsonObject) => {
    // As the form does before it asks the schema.
    const result = schema.safeParse(withoutEmpty({ ...GOOD, ...change }));
    return (result.error?.issues ?? []).map(({ path, message }) => ({ field: String(path[0]), message }));
  };

  it("takes what is good, written here or in S3, and what is unknown", () => {
    expect(issuesOf({})).toEqual([]);
    expect(issuesOf(s3("s3://bucket/components/web.yml"))).toEqual([]);
    expect(issuesOf({ newMember: { of: "AWS" } })).toEqual([]);
  });

  it.each(MALFORMED)("refuses %s at its field alone, in words", (_what, change, field, words) => {
    const issues = issuesOf(change);
    expect([...new Set(issues.map((issue) => issue.field))]).toEqual([field]);
    expect(issues.map(({ message }) => message).join(" ")).toContain(words);
  });

  it("sends the text or the address, whichever counts, and nothing of the form's own", () => {
    const both = { ...GOOD, uri: "s3://bucket/key", tags: {}, description: "" };
    const { name, semanticVersion, platform, data } = GOOD;
    const shared = { name, semanticVersion, platform };
    expect(toDocumentInput(both as JsonObject)).toEqual({ ...shared, data });
    expect(toDocumentInput({ ...both, documentFrom: "s3" } as JsonObject)).toEqual({
      ...shared,
      uri: "s3://bucket/key",
    });
  });
});
