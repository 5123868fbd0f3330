import { expect, it } from "vitest";
import { SLOWED_HEADER } from "@/lib/core/request-facts";
import { noteSlowed, slowedByAws } from "./slowed-by-aws";

it("tells listeners when AWS begins and ends to slow a target down, and only then", () => {
  const heard: boolean[] = [];
  const stop = slowedByAws.subscribe(() => heard.push(slowedByAws.isSlowed("prod")));
  const slow = new Headers({ [SLOWED_HEADER]: "1" });
  noteSlowed("/api/prod/pipelines", slow);
  noteSlowed("/api/prod/overview", slow);
  noteSlowed("/api/other/overview", new Headers());
  noteSlowed("/api/prod/pipelines", new Headers());
  stop();
  noteSlowed("/api/prod/pipelines", slow);
  expect(heard).toEqual([true, false]);
});
