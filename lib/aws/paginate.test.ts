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

  const endless = (token: string | undefined) =>
    Promise.resolve({ items: [Number(token ?? 0)], next: String(Number(token ?? 0) + 1) });

  it("tells its caller that something is left, and only then", async () => {
    let cuts = 0;
    const onCut = () => {
      cuts += 1;
    };
    expect(await collectPages({ load, maxPages: 3, onCut })).toEqual([1, 2, 3, 4, 5]);
    expect(cuts).toBe(0);
    expect(await collectPages({ load, maxPages: 2, onCut })).toEqual([1, 2, 3, 4]);
    expect(await collectPages({ load: endless, maxPages: 2, onCut, enough: () => true })).toEqual([0]);
    expect(cuts).toBe(1);
  });

  it("fails rather than cut a list in silence", async () => {
    await expect(collectPages({ load: endless })).rejects.toThrow("AWS lists more than 2,000 pages");
  });

  it("ends when a token repeats", async () => {
    expect(await collectPages({ load: async () => ({ items: ["x"], next: "same" }) })).toEqual(["x", "x"]);
  });
});
