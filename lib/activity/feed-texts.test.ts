import fc from "fast-check";
import ICAL from "ical.js";
import { expect, it } from "vitest";
import { readXml, textIn } from "@/lib/testing/read-xml";
import { activityAtom } from "./activity-atom";
import { runsCalendar } from "./runs-calendar";
import { ACTIVITY_KINDS, ACTIVITY_OUTCOMES } from "./types";
import { xmlText } from "./xml-text";

// Whatever a name, a person or a reason is, a feed stays one that other programs read, and says just that text.

const PLACE = {
  target: { id: "demo", label: "Demo <&> ]]>" },
  consoleUrl: "https://goldsmith.example.com",
  page: "/demo/activity?name=a%26b",
};
const hostile = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom(
    ...["<script>alert(1)</script>", "]]>", "&amp;&#0;", "a\r\nBEGIN:VEVENT", "\u0000\u000b", "\ud800"],
    ...["😀".repeat(60), "\\n;,:\"'", "=1+1", "\ufffe", "\u2028", "<![CDATA[", "-->", "%00", "ä".repeat(200)],
  ),
);
const instant = fc
  .integer({ min: 0, max: 4_000_000_000 })
  .map((seconds) => new Date(seconds * 1000).toISOString());

const ELEMENTS = ["id", "title", "updated", "link", "category", "summary"];
/** XML reads every line break as one. */
const asRead = (text: string) => xmlText(text).replaceAll(/\r\n?/g, "\n");

it("Atom says each entry's text and nothing more", () => {
  const entry = fc.record(
    {
      id: fc.uuid().map((id) => `roll-out-${id}`),
      kind: fc.constantFrom(...ACTIVITY_KINDS),
      at: instant,
      title: hostile.map((text) => `Build ${text}`),
      outcome: fc.constantFrom(...ACTIVITY_OUTCOMES),
      who: hostile.filter((text) => text.trim() !== ""),
      detail: hostile,
      href: fc.constant("/demo/roll-outs/1"),
    },
    { requiredKeys: ["id", "kind", "at", "title", "outcome"] },
  );
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 5 }), (entries) => {
      const feed = readXml(activityAtom({ entries }, PLACE));
      expect(feed).toMatchObject({ name: "feed", namespace: "http://www.w3.org/2005/Atom" });
      expect(textIn(feed, "title")).toBe("Demo <&> ]]>: activity");
      const read = feed.children.filter(({ name }) => name === "entry");
      expect(read).toHaveLength(entries.length);
      for (const [index, each] of read.entries()) {
        const { title, outcome, at, who } = entries[index] ?? { title: "", outcome: "", at: "" };
        expect(textIn(each, "title")).toBe(asRead(`${title}: ${outcome}`));
        expect(textIn(each, "updated")).toBe(at);
        expect(textIn(each, "id")).toMatch(/^urn:goldsmith:demo:/);
        const [author] = each.children.filter(({ name }) => name === "author");
        expect(author && textIn(author, "name")).toBe(who && asRead(who));
        // Nothing of a text became an element of its own.
        expect(new Set(each.children.map(({ name }) => name))).toEqual(
          new Set([...ELEMENTS, ...(who ? ["author"] : [])]),
        );
      }
    }),
  );
});

it("iCalendar says each run's text and nothing more, in lines as they must be", () => {
  const run = fc.record(
    { pipeline: hostile, at: instant, words: hostile, onlyWithUpdates: fc.boolean(), changedAt: instant },
    { requiredKeys: ["pipeline", "at", "words", "onlyWithUpdates"] },
  );
  fc.assert(
    fc.property(fc.array(run, { maxLength: 5 }), (runs) => {
      const text = runsCalendar(runs, PLACE);
      for (const line of text.split("\r\n")) {
        expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
        expect(line).not.toMatch(/[\u0000-\u0008\u000a-\u001f]/);
      }
      const calendar = new ICAL.Component(ICAL.parse(text));
      expect(calendar.getFirstPropertyValue("version")).toBe("2.0");
      const events = calendar.getAllSubcomponents("vevent").map((each) => new ICAL.Event(each));
      expect(events).toHaveLength(runs.length);
      for (const [index, event] of events.entries()) {
        const { pipeline = "", at = "" } = runs[index] ?? {};
        expect(event.summary).toBe(asRead(`Build of ${pipeline}`));
        expect(event.startDate.toJSDate().toISOString()).toBe(at);
        expect(event.uid).toContain("goldsmith");
      }
    }),
  );
});
