import { describe, expect, it } from "vitest";
import { planDraft } from "./draft-plan";
import { draftFromTemplate, TEMPLATES } from "./draft-templates";

const place = { region: "us-east-1", accountId: "111111111111" };

describe("draftFromTemplate", () => {
  it.each(TEMPLATES.map(({ id }) => id))("%s is complete as it stands", (id) => {
    const plan = planDraft(draftFromTemplate(id, "my-first", place, "platform/base"), place);
    if (!plan.ok) throw new Error(JSON.stringify(plan.errors));
    expect(plan.resources.at(-1)).toMatchObject({ kind: "image-pipeline", input: { name: "my-first" } });
  });
});
