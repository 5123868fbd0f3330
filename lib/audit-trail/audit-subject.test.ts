import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AuditTrailRow } from "@/lib/audit-trail/types";
import { imageBuilderArn } from "@/lib/core/arn";
import { RESOURCE_KINDS } from "@/lib/core/resource-names";
import { KIND_FACTS } from "@/lib/definitions/resource-kinds";
import { hostileJson } from "@/lib/testing/hostile-json";
import { auditSubject } from "./audit-subject";

const row = (over: Partial<AuditTrailRow>): AuditTrailRow => ({
  ...{ sequence: 1, at: "2026-11-28T12:00:00Z", actorId: "a", actorName: "A", result: "succeeded" },
  ...{ form: 1, hash: "", previousHash: "", action: "update-resource", targetId: "demo" },
  ...over,
});
const place = { region: "us-east-1", accountId: "111111111111" };

describe("what an audit row is about", () => {
  it.each([...RESOURCE_KINDS])("is said with its kind and a link: %s", (kind) => {
    const byInput = auditSubject(row({ resource: "web", input: { kind } }));
    expect(byInput).toMatchObject({ kind: KIND_FACTS[kind].one, name: "web" });
    expect(byInput.href).toMatch(/^\/demo\/.*web$/);
    const byArn = auditSubject(
      row({
        resource: imageBuilderArn(place, kind === "workflow" ? "workflow/build" : kind, "web", "1.0.0"),
      }),
    );
    expect(byArn.kind).toBe(KIND_FACTS[kind].one);
    expect(
      auditSubject(row({ action: "delete-resource", resource: "web", input: { kind } })).href,
    ).toBeUndefined();
  });

  it("leads to the build of a build's row", () => {
    expect(auditSubject(row({ resource: imageBuilderArn(place, "image", "web", "1.0.0", "3") }))).toEqual({
      kind: "build",
      name: "web 1.0.0/3",
      href: "/demo/images/web/1.0.0/3",
    });
  });

  it("claims nothing of a row that does not say it", () => {
    fc.assert(
      fc.property(hostileJson, fc.string(), (input, resource) => {
        const subject = auditSubject(row({ action: "save-receiver", resource, input: { input } }));
        expect(subject.href).toBeUndefined();
        expect(subject.kind).toBeUndefined();
      }),
    );
  });
});
