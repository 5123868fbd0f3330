import { describe, expect, it } from "vitest";
import { type Actor, type Grant, ROLES } from "@/lib/core/actor";
import { LOCAL_ADMINISTRATOR } from "./local-administrator";
import { type Action, PERMISSIONS, permits, refusalsFor } from "./permissions";

const actorWith = (...grants: Grant[]): Actor => ({ id: "ana", name: "Ana", kind: "user", grants });

describe("permits", () => {
  it("lets each role do exactly what the table gives to it and to the roles below", () => {
    for (const role of ROLES) {
      for (const [action, rule] of Object.entries(PERMISSIONS)) {
        const allowed = ROLES.indexOf(role) >= ROLES.indexOf(rule.role);
        expect(permits(actorWith({ role, target: "*" }), action as Action, "prod", "web")).toBe(allowed);
      }
    }
  });

  it("keeps a grant to its target", () => {
    const actor = actorWith({ role: "admin", target: "staging" });
    expect(permits(actor, "run-pipeline", "staging", "web")).toBe(true);
    expect(permits(actor, "run-pipeline", "prod", "web")).toBe(false);
  });

  it("keeps a grant to its name prefix, and lets its holder open lists", () => {
    const actor = actorWith({ role: "operator", target: "prod", namePrefix: "web-" });
    expect(permits(actor, "run-pipeline", "prod", "web-base")).toBe(true);
    expect(permits(actor, "run-pipeline", "prod", "db-base")).toBe(false);
    expect(permits(actor, "list-pipelines", "prod")).toBe(true);
  });

  it("adds grants up, so that a narrow one never takes away from a wide one", () => {
    const actor = actorWith(
      { role: "viewer", target: "*" },
      { role: "operator", target: "prod", namePrefix: "web-" },
    );
    expect(permits(actor, "get-pipeline", "prod", "db-base")).toBe(true);
    expect(permits(actor, "run-pipeline", "prod", "db-base")).toBe(false);
  });

  it("gives nothing to somebody without grants, and everything to the local administrator", () => {
    for (const action of Object.keys(PERMISSIONS) as Action[]) {
      expect(permits(actorWith(), action, "prod")).toBe(false);
      expect(permits(LOCAL_ADMINISTRATOR, action, "prod", "web")).toBe(true);
    }
  });
});

describe("refusalsFor", () => {
  const prod = { id: "prod", label: "Production" };

  it("names nothing that the use cases would allow, and all that they would refuse", () => {
    for (const role of ROLES) {
      const actor = actorWith({ role, target: "prod" });
      const refused = Object.keys(PERMISSIONS).filter(
        (action) => !permits(actor, action as Action, "prod", "web"),
      );
      expect(Object.keys(refusalsFor(actor, prod))).toEqual(refused);
    }
    expect(refusalsFor(LOCAL_ADMINISTRATOR, prod)).toEqual({});
  });

  it("says which role is needed, and for which names there is one", () => {
    const actor = actorWith(
      { role: "viewer", target: "*" },
      { role: "operator", target: "prod", namePrefix: "web-" },
    );
    expect(refusalsFor(actor, prod)["run-pipeline"]).toEqual({
      reason: "You need the role operator on Production to run this pipeline; yours covers web-*.",
      except: ["web-"],
    });
    expect(refusalsFor(actor, prod)["delete-resource"]).toEqual({
      reason: "You need the role admin on Production to delete this resource.",
      except: [],
    });
  });
});
