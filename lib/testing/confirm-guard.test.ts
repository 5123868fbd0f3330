import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { ConfirmGuardProvider } from "@/components/ui/confirm-guard";
import { useConfirmGuard } from "@/components/ui/use-confirm-guard";
import { listFiles, readText } from "@/lib/testing/project-files";

function Asked({ isAsked, elsewhere }: { isAsked: boolean; elsewhere?: string }) {
  const { isOpen, field } = useConfirmGuard(isAsked, elsewhere);
  return createElement("div", null, isOpen ? "open" : "closed", field);
}
const drawn = (here: string | undefined, props: { isAsked: boolean; elsewhere?: string }) =>
  renderToStaticMarkup(ConfirmGuardProvider({ word: here, children: createElement(Asked, props) }));

describe("the guard of production", () => {
  it("asks for the name of the account that is written to, wherever the page is", () => {
    for (const here of [undefined, "Here"]) {
      expect(drawn(here, { isAsked: true, elsewhere: "Prod" })).toContain("Prod is production");
      expect(drawn(here, { isAsked: true, elsewhere: "Prod" })).toMatch(/^<div>closed/);
      expect(drawn(here, { isAsked: false })).toBe("<div>open</div>");
    }
    expect(drawn("Here", { isAsked: true })).toContain("<b");
  });

  it("stands in every dialog that writes to another account than the page's", () => {
    const writers = listFiles("components").filter(
      (path) => path.endsWith(".tsx") && /Action\(\{\s*target: (?!target\b)/.test(readText(path)),
    );
    expect(writers).toContain("components/resources/compare-accounts-dialog.tsx");
    expect(writers.filter((path) => !readText(path).includes("useConfirmGuard("))).toEqual([]);
  });
});
