import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { messageOf } from "./messages";
import { PAYLOADS } from "./payloads";
import { EVENT_KINDS } from "./types";

/** What a log line or a name may hold: nothing that a receiver would refuse the whole message for. */
const hostile = fc.oneof(
  fc.string({ unit: "binary", maxLength: 900 }),
  fc
    .constantFrom("&", "<!channel>", "\ud83d", "\u{1f4a5}", "\n", "\0", "[a](b)")
    .map((piece) => piece.repeat(700)),
);
const events = fc.record({
  kinds: fc.subarray([...EVENT_KINDS]),
  targetId: fc.constant("demo"),
  arn: fc.constant("arn:aws:imagebuilder:us-east-1:111111111111:image/web/1.0.0/1"),
  image: fc.record({ name: hostile, displayName: hostile, version: hostile, build: hostile }),
  pipeline: hostile,
  endedAt: fc.constant("2026-01-01T00:00:00.000Z"),
  reason: hostile,
  evidence: fc.option(fc.record({ text: hostile, line: fc.nat() }), { nil: undefined }),
  fix: hostile,
  cause: hostile,
  stage: hostile,
  step: hostile,
  startedBy: hostile,
  findings: fc.record({ critical: fc.nat(), high: fc.nat() }),
  amis: fc.array(fc.record({ region: hostile, amiId: hostile }), { maxLength: 30 }),
});

/** https://docs.slack.dev/reference/block-kit/blocks */
type SlackPayload = {
  text: string;
  blocks: { type: string; text?: { text: string }; fields?: { text: string }[] }[];
};

describe("a message that says anything", () => {
  it("keeps to what Slack takes, and mentions nobody", () => {
    fc.assert(
      fc.property(events, (event) => {
        const message = messageOf(event, { consoleUrl: "https://images.example.com", label: "Demo" });
        const { text, blocks } = PAYLOADS.slack(message, event, "") as SlackPayload;
        expect(text.length).toBeLessThanOrEqual(3_000);
        for (const block of blocks) {
          const { length = 0 } = block.text?.text ?? "";
          expect(length).toBeLessThanOrEqual(block.type === "header" ? 150 : 3_000);
          for (const field of block.fields ?? []) expect(field.text.length).toBeLessThanOrEqual(2_000);
          const marked = block.type === "header" ? [] : [block.text, ...(block.fields ?? [])];
          for (const each of marked) {
            expect(each?.text ?? "").not.toMatch(/[<>]/);
            expect(each?.text ?? "").not.toMatch(/&(?!amp;|lt;|gt;)/);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it.each(["slack", "teams", "webhook", "pagerduty"] as const)(
    "is bounded and well-formed for %s",
    (kind) => {
      fc.assert(
        fc.property(events, (event) => {
          const message = messageOf(event, { consoleUrl: "https://images.example.com", label: "Demo" });
          const body = JSON.stringify(PAYLOADS[kind](message, event, "k"));
          expect(Buffer.byteLength(body)).toBeLessThan(200_000);
          expect(body.isWellFormed()).toBe(true);
        }),
        { numRuns: 100 },
      );
    },
  );
});
