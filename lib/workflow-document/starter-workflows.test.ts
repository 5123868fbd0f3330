import { expect, it } from "vitest";
import { lintWorkflow } from "./lint-workflow";
import { starterWorkflows } from "./starter-workflows";

it.each(Object.entries(starterWorkflows))("begins a workflow of type %s without a finding", (_type, text) => {
  expect(lintWorkflow(text)).toEqual([]);
});
