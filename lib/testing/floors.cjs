/**
 * The floors of `lib`, from the ground up, each with its rooms. A room knows the floors below its own and nothing
 * else, types included; two rooms of one floor do not know each other. dependency-cruiser's rules are made from
 * this table, `architecture.test.ts` holds it against the tree and against ARCHITECTURE.md.
 */
const FLOORS = [
  ["core"],
  ["config"],
  ["telemetry"],
  ["aws", "db"],
  ["audit"],
  ["auth"],
  ["use-case"],
  ["component-document", "schedule"],
  ["workflow-document"],
  ["definitions"],
  ["as-code"],
  ["image-builder", "audit-trail", "api-tokens"],
  ["authoring"],
  ["build-log"],
  ["bookmarks", "notifications", "settings"],
  ["history"],
  ["fleet"],
  ["overview", "activity"],
  ["http"],
  ["actions", "api", "queries"],
  ["process"],
  ["testing"],
];

module.exports = { FLOORS };
