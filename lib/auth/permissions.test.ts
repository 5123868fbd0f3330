import { describe, expect, it } from "vitest";
import { LOCAL_ADMINISTRATOR } from "./local-administrator";
import { type Action, PERMISSIONS, permits } from "./permissions";
import { type Actor, type Grant, ROLES } from "./types";

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
