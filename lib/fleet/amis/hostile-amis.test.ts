import type { Image, LaunchPermission, Snapshot } from "@aws-sdk/client-ec2";
import fc from "fast-check";
import { expect, it } from "vitest";
import { hostileText } from "@/lib/testing/hostile-json";
import { toAmi } from "./to-ami";

const LONGEST_BYTES = 300;
const text = fc.oneof(hostileText, fc.constant("n".repeat(1_000_000)), fc.constant("=1+1\u202e<!channel>"));
const optional = fc.option(text, { nil: undefined });
const image: fc.Arbitrary<Image> = fc.record({
  ImageId: fc.constant("ami-0123456789abcdef0"),
  Name: optional,
  OwnerId: optional,
  State: optional as fc.Arbitrary<Image["State"]>,
  CreationDate: optional,
  LastLaunchedTime: optional,
  DeprecationTime: optional,
  DeregistrationProtection: optional,
  SourceImageId: optional,
  SourceImageRegion: optional,
  SourceInstanceId: optional,
  ImageWatermarks: fc.array(fc.record({ WatermarkKey: optional }), { maxLength: 2 }),
  Tags: fc.array(
    fc.record({
      Key: fc.oneof(text, fc.constantFrom("Ec2ImageBuilderArn", "aws:backup:source-resource", "__proto__")),
      Value: fc.oneof(
        text,
        text.map((name) => `arn:aws:imagebuilder:us-east-1:111111111111:image/${name}/1.0.0/1`),
      ),
    }),
    { maxLength: 3 },
  ),
  BlockDeviceMappings: fc.constant([{ Ebs: { SnapshotId: "snap-1", Encrypted: true } }]),
}) as fc.Arbitrary<Image>;

function* textsIn(value: unknown): Generator<string> {
  if (typeof value === "string") yield value;
  else if (typeof value === "object" && value !== null)
    for (const [name, inner] of Object.entries(value)) {
      yield name;
      yield* textsIn(inner);
    }
}

it("whatever an AMI says of itself, what is shown of it is well-formed and short", () => {
  fc.assert(
    fc.property(image, text, text, (hostile, key, holder) => {
      const permissions: LaunchPermission[] = [
        { UserId: holder },
        { OrganizationArn: holder },
        { OrganizationalUnitArn: holder },
      ];
      const ami = toAmi(hostile, {
        region: "us-east-1",
        accountId: "111111111111",
        lineage: new Map(),
        snapshots: new Map<string, Snapshot>([["snap-1", { SnapshotId: "snap-1", KmsKeyId: key }]]),
        permissions: new Map([["ami-0123456789abcdef0", permissions]]),
        uses: undefined,
      });
      for (const shown of textsIn(ami)) {
        expect(shown.isWellFormed() && !shown.includes("\0"), JSON.stringify(shown.slice(0, 80))).toBe(true);
        expect(Buffer.byteLength(shown)).toBeLessThanOrEqual(LONGEST_BYTES);
      }
    }),
    { numRuns: 300 },
  );
});
