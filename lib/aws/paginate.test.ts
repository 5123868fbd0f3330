import { describe, expect, it } from "vitest";
import { collectPages } from "./paginate";

describe("collectPages", () => {
  const pages = [[1, 2], [3, 4], [5]];
  const load = async (token: string | undefined) => {
    const index = Number(token ?? 0);
    return { items: pages[index], next: index + 1 < pages.length ? String(index + 1) : undefined };
  };

  it("walks to the end, or until a page is enough", async () => {
    expect(await collectPages({ load })).toEqual([1, 2, 3, 4, 5]);
    expect(await collectPages({ load, enough: (page) => page.includes(3) })).toEqual([1, 2, 3, 4]);
  });

  it("ends when a token repeats", async () => {
    expect(await collectPages({ load: async () => ({ items: ["x"], next: "same" }) })).toEqual(["x", "x"]);
  });
});
