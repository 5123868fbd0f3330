import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { identityOf, refusalOfClaims } from "@/lib/auth/identity";
import type { Claims } from "@/lib/auth/types";
import { createDraft } from "@/lib/authoring/drafts/create-draft";
import { getDraft } from "@/lib/authoring/drafts/get-draft";
import { listDrafts } from "@/lib/authoring/drafts/list-drafts";
import { sessionNameOf } from "@/lib/aws/role-credentials";
import type { ClaimRules } from "@/lib/config/sign-in-config";
import type { Actor } from "@/lib/core/actor";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { countRequest, holdStream } from "./actor-limits";
import { isStillEntitled } from "./still-entitled";

const rules: ClaimRules = {
  groupsClaim: "groups",
  allowedDomains: [],
  roles: [{ group: "*", role: "author", target: "*", namePrefix: "web-" }],
};
const ISSUERS = ["https://id.example.com", "https://id.example.com/realms/two", "https://id.example.org"];
const lone = String.fromCharCode(0xd800);

/** Subjects that something careless would take for one another. */
const SUBJECTS = [
  ...[
    "ana",
    "Ana",
    "ANA",
    " ana",
    "ana ",
    "ana\n",
    "ana\u0000",
    "ana\u200b",
    "ａｎａ",
    "an\u0061\u0301",
    "aná",
  ],
  ...["ana@example.com", "ana@example.com#", "#ana", "ana#ana", "realms/two#ana", "/realms/two#ana", "%61na"],
  ...[
    "local-administrator",
    "goldsmith",
    "goldsmith-history",
    "nobody",
    "(service)ana",
    "(sha256)ana",
    "*",
    "null",
  ],
  ...[
    lone,
    `${lone}a`,
    String.fromCharCode(0xdfff),
    "\ufffd",
    "🌋",
    "a".repeat(255),
    "a".repeat(256),
    "a".repeat(300),
  ],
  ...["(sha256)ba7816bf", "../../x", "a,b", "a;b", "a'b", 'a"b', "a b", "a\u00a0b", "a-b", "a--b", "-"],
];
/** What somebody may have in common with anybody, or may have chosen to look like another. */
const LOOKS: Claims[] = [
  { email: "ana@example.com", email_verified: true, name: "Ana" },
  { email: "ANA@example.com", name: "Ana" },
  { preferred_username: "ana@example.com", name: "Ana" },
  { email: ["ana@example.com"], preferred_username: { a: 1 }, name: 7, common_name: "ana" },
  { name: `Ana${lone}\u0000\u202e`, email: `ana${lone}@example.com` },
];

type Person = { key: string; actor: Actor };
const PEOPLE: Person[] = ISSUERS.flatMap((issuer) =>
  SUBJECTS.flatMap((sub) =>
    LOOKS.map((look) => ({
      key: JSON.stringify([issuer, sub]),
      actor: identityOf({ ...look, sub }, rules, issuer).actor,
    })),
  ),
);
const own: Actor[] = ["local-administrator", "goldsmith", "goldsmith-history", "nobody"].map((id) => ({
  id,
  name: id,
  kind: "user",
  grants: [],
}));

describe("who somebody is", () => {
  it("is issuer and subject, whatever else is claimed: nobody's id or AWS session cannot be taken over", () => {
    for (const nameOf of [({ id }: Actor) => id, sessionNameOf]) {
      const names = new Map<string, string>();
      for (const { key, actor } of [...PEOPLE, ...own.map((actor) => ({ key: actor.id, actor }))]) {
        const name = nameOf(actor);
        if (nameOf !== sessionNameOf || !names.has(name)) {
          expect(names.get(name) ?? key, `${key} and ${names.get(name)} are both ${name}`).toBe(key);
        }
        names.set(name, names.get(name) ?? key);
        expect(names.get(name)).toBe(key);
      }
    }
  });

  it("stays the same when the address, the name or the slash of the issuer changes", () => {
    for (const issuer of ISSUERS) {
      for (const sub of SUBJECTS) {
        const ids = LOOKS.flatMap((look) =>
          [issuer, `${issuer}/`].map((from) => identityOf({ ...look, sub }, rules, from).actor.id),
        );
        expect(new Set(ids).size).toBe(1);
      }
    }
  });

  it("is one line that a database, a log and AWS take as it is", () => {
    for (const { actor } of PEOPLE) {
      expect(actor.id).toMatch(/^[\x21-\x7e]{1,400}$/);
      expect(sessionNameOf(actor)).toMatch(/^goldsmith-[\w+=,.@-]{1,54}$/);
      for (const shown of [actor.name, actor.label ?? ""]) expect(shown).not.toMatch(/[\p{Cc}\p{Cs}]/u);
    }
  });

  it("marks what nobody verified, so that a chosen user name refuses to look like an address", () => {
    const labelOf = (claims: Claims) =>
      identityOf({ sub: "x", ...claims }, rules, "https://id.example.com").actor.label;
    expect(labelOf({ email: "ana@example.com", email_verified: true })).toBe("ana@example.com");
    expect(labelOf({ email: "ana@example.com" })).toBe("ana@example.com (not verified)");
    expect(labelOf({ preferred_username: "root@example.com" })).toBe("user name root@example.com");
  });

  it.each([[undefined], [null], [""], ["  "], [7], [["ana"]], [{ sub: "ana" }], [true]])(
    "refuses the subject %o",
    (sub) => {
      expect(refusalOfClaims({ sub, common_name: "service", email: "a@example.com" }, rules)).toBe(
        "nobody_named",
      );
    },
  );

  it.each([[undefined], [false], ["false"], [0], ["0"], [null], ["yes"], [{}]])(
    "refuses an allowed domain in an address whose verification is %o",
    (email_verified) => {
      const strict = { ...rules, allowedDomains: ["example.com"] };
      expect(refusalOfClaims({ sub: "x", email: "a@example.com", email_verified }, strict)).toBe(
        "email_not_verified",
      );
      expect(
        refusalOfClaims({ sub: "x", email: "a@example.com", email_verified: "true" }, strict),
      ).toBeUndefined();
    },
  );
});

describe("what is kept by person", () => {
  let running: TestConsole;
  beforeAll(async () => {
    running = await startTestConsole();
  });
  afterAll(() => running.close());
  const as = (actor: Actor) => ({ ...running.contextOf({ role: "admin", target: "*" }), actor });
  const personOf = (issuer: string, sub: string, email: string) =>
    identityOf({ sub, email, email_verified: true, name: "Ana" }, rules, issuer).actor;

  const pairs: [string, Actor, Actor][] = [
    [
      "a recycled address",
      personOf("https://a.test", "1", "ana@a.test"),
      personOf("https://a.test", "2", "ana@a.test"),
    ],
    [
      "a subject that is the other's address",
      personOf("https://a.test", "3", "ana@a.test"),
      personOf("https://a.test", "ana@a.test", "x@a.test"),
    ],
    [
      "the same subject at another issuer",
      personOf("https://a.test", "4", "bob@a.test"),
      personOf("https://b.test", "4", "bob@a.test"),
    ],
    [
      "a subject in other letters",
      personOf("https://a.test", "five", "c@a.test"),
      personOf("https://a.test", "Five", "c@a.test"),
    ],
    [
      "a subject that ends in NUL",
      personOf("https://a.test", "6", "d@a.test"),
      personOf("https://a.test", "6\u0000", "d@a.test"),
    ],
  ];

  it.each(pairs)("is nobody's but theirs: %s", async (_, one, other) => {
    const { id } = await createDraft({ ctx: as(one), input: { origin: { from: "nothing" } } });
    expect((await listDrafts({ ctx: as(one) })).drafts.map((draft) => draft.id)).toContain(id);
    expect((await listDrafts({ ctx: as(other) })).drafts.map((draft) => draft.id)).not.toContain(id);
    await expect(getDraft({ ctx: as(other), input: { id } })).rejects.toMatchObject({
      detail: { code: "not-found" },
    });

    const places = Array.from({ length: 40 }, () => holdStream(one.id));
    expect(() => holdStream(one.id)).toThrow();
    expect(() => holdStream(other.id).leave()).not.toThrow();
    for (const place of places) place.leave();

    expect(() => {
      for (let request = 0; request < 200; request += 1) countRequest(one.id, "write");
    }).toThrow();
    expect(() => countRequest(other.id, "write")).not.toThrow();

    const opened = { actor: one, targetId: "test" };
    expect(await isStillEntitled(opened, async () => ({ actor: other }))).toBe(false);
  });

  it("stays theirs after their address changed hands both ways", async () => {
    const [ana, bob] = [
      personOf("https://a.test", "x1", "ana@a.test"),
      personOf("https://a.test", "x2", "bob@a.test"),
    ];
    const { id } = await createDraft({ ctx: as(ana), input: { origin: { from: "nothing" } } });
    const [anaNow, bobNow] = [
      personOf("https://a.test", "x1", "bob@a.test"),
      personOf("https://a.test", "x2", "ana@a.test"),
    ];
    expect(bobNow.id).toBe(bob.id);
    expect((await getDraft({ ctx: as(anaNow), input: { id } })).id).toBe(id);
    await expect(getDraft({ ctx: as(bobNow), input: { id } })).rejects.toThrow();
  });
});
