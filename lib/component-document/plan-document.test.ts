import { describe, expect, it } from "vitest";
import { isPending, planDocument, shownTurns } from "./plan-document";

const document = `schemaVersion: 1.0
parameters:
  - Packages: { type: string, default: "jq,tar", description: What to install }
  - Region: { type: string, allowedValues: [us-east-1, eu-west-1] }
constants:
  - Folder: { type: string, value: /opt }
phases:
  - name: build
    steps:
      - name: Fetch
        action: WebDownload
        inputs:
          - source: https://example.com/a.zip
            destination: "{{ Folder }}/a.zip"
      - name: Install
        action: ExecuteBash
        loop:
          name: each
          forEach: { list: "{{ Packages }}", delimiter: "," }
        inputs:
          commands:
            - dnf -y install {{ each.value }} -{{ loop.index }}
            - unzip {{ build.Fetch.inputs[0].destination }}
      - name: Count
        action: ExecuteBash
        if: { stringEquals: eu-west-1, value: "{{ Region }}" }
        loop: { for: { start: 10, end: 1000000, updateBy: 5 } }
        inputs: { commands: ["echo {{ build.Install.outputs.stdout }} {{ loop.value }}"] }
  - name: cleanup
    steps:
      - name: Restart
        action: Reboot
`;

describe("a plan", () => {
  const plan = planDocument(document, { Region: "eu-west-1" });
  const steps = plan.phases.flatMap((phase) => phase.steps);

  it("lists phases and steps in the order they run, and says which phase never runs", () => {
    expect(plan.phases.map(({ name, stage }) => [name, stage])).toEqual([
      ["build", "build"],
      ["cleanup", undefined],
    ]);
    expect(steps.map(({ name }) => name)).toEqual(["Fetch", "Install", "Count", "Restart"]);
  });

  it("puts values in the place of parameters, constants and earlier inputs", () => {
    expect(steps[0]?.turns[0]?.inputs).toContainEqual({ path: "[0].destination", text: "/opt/a.zip" });
    expect(steps[1]?.turns[0]?.inputs[1]).toEqual({ path: "commands[1]", text: "unzip /opt/a.zip" });
    expect(steps[2]?.condition).toBe("stringEquals eu-west-1, value eu-west-1");
  });

  it("unrolls loops over the value of a parameter", () => {
    expect(steps[1]?.turns.map((turn) => turn.inputs[0]?.text)).toEqual([
      "dnf -y install jq -0",
      "dnf -y install tar -1",
    ]);
    const other = planDocument(document, { Packages: "a,b,c" });
    expect(other.phases[0]?.steps[1]?.turnCount).toBe(3);
  });

  it("counts long loops and shows their beginning", () => {
    expect(steps[2]?.turnCount).toBe(199_999);
    expect(steps[2]?.turns).toHaveLength(shownTurns);
    expect(steps[2]?.turns[1]?.value).toBe("15");
  });

  it("leaves outputs as they are written: only a running step knows them", () => {
    const text = steps[2]?.turns[0]?.inputs[0]?.text ?? "";
    expect(text).toBe("echo {{ build.Install.outputs.stdout }} 10");
    expect(isPending(text)).toBe(true);
  });

  it("knows what a step does when nothing is said", () => {
    expect(steps[0]).toMatchObject({
      onFailure: "Abort",
      timeoutSeconds: "7200",
      maxAttempts: "1",
      turnCount: 1,
    });
  });

  it("names the parameters with what a recipe may give them", () => {
    expect(plan.parameters).toEqual([
      { name: "Packages", description: "What to install", default: "jq,tar", allowedValues: null },
      { name: "Region", description: null, default: null, allowedValues: ["us-east-1", "eu-west-1"] },
    ]);
  });

  it("does not know how often a loop over an output turns", () => {
    const text =
      'phases: [{name: build, steps: [{name: a, action: ExecuteBash, loop: {forEach: {list: "{{ build.b.outputs.stdout }}"}}, inputs: {commands: [x]}}]}]';
    expect(planDocument(text).phases[0]?.steps[0]?.turnCount).toBeNull();
  });
});
