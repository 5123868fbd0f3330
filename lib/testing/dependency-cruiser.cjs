/**
 * The arrows of the house, as errors: app -> components -> lib, and down the floors of lib. ARCHITECTURE.md says why.
 * That the browser reads pure files only is checked by `architecture.test.ts`: a server's file says so in its first
 * line, `import "server-only"`.
 */
const { FLOORS } = require("./floors.cjs");

const rule = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });
const TESTS = ["\\.(test|spec)\\.tsx?$", "^e2e/", "^lib/testing/"];
/** What composes several features; all other features stay apart. */
const SHARED = "(ui|charts|form|resource-table|resources|component-editor|shell)";

/** A room may know the floors below its own. Tests may look where they like. */
const floors = FLOORS.flatMap((rooms, level) =>
  rooms.map((room) => {
    const known = FLOORS.slice(0, level).flat();
    return rule(
      `floor-of-${room}`,
      "A room of lib knows the floors below its own, types included: lib/testing/floors.cjs.",
      { path: `^lib/${room}/`, pathNot: TESTS },
      { path: "^lib/", pathNot: `^lib/(${[room, ...known].join("|")})/` },
    );
  }),
);

module.exports = {
  forbidden: [
    ...floors,
    rule(
      "no-circular",
      "A cycle means that two files are one, or that a third is missing.",
      {},
      { circular: true },
    ),
    rule(
      "nothing-imports-app",
      "app/ holds URLs only; what others need lives in components/ or lib/.",
      { pathNot: "^app/" },
      { path: "^app/" },
    ),
    rule(
      "lib-never-draws",
      "Arrows go app -> components -> lib. A sweep over the whole house looks at all of it.",
      { path: "^lib/", pathNot: "^lib/testing/[^/]+\\.test\\.ts$" },
      { path: "^components/" },
    ),
    rule(
      "app-decides-nothing",
      "Pages and routes call use cases; SDK, SQL and the simulator are not theirs.",
      { path: "^app/" },
      {
        path: ["^lib/(aws|db|audit)/", "^simulator/", "node_modules/@aws-sdk/", "node_modules/drizzle-orm/"],
      },
    ),
    rule(
      "components-draw",
      "Components use the two doors lib/queries and lib/actions, and pure files; what the house runs on is not theirs.",
      { path: "^components/", pathNot: TESTS },
      {
        path: "^lib/(config|telemetry|aws|db|audit|use-case|http|process)/",
        pathNot: "^lib/audit/types\\.ts$",
      },
    ),
    rule(
      "ui-knows-no-domain",
      "components/ui is what any console could use.",
      { path: "^components/ui/" },
      { path: ["^components/(?!ui/)", "^lib/(?!core/)"] },
    ),
    rule(
      "features-stay-apart",
      "One feature does not import another; what two share moves to a folder that several features share.",
      { path: "^components/([^/]+)/", pathNot: `^components/${SHARED}/` },
      { path: "^components/([^/]+)/", pathNot: ["^components/$1/", `^components/${SHARED}/`] },
    ),
    rule(
      "actions-are-adapters",
      "lib/actions calls use cases.",
      { path: "^lib/actions/" },
      { path: "^lib/(aws|db|audit)/" },
    ),
    rule(
      "sdk-only-where-it-belongs",
      "Only lib/aws, the use cases and the simulator see the SDK.",
      {
        path: "^(components/|lib/(core|config|telemetry|db|audit|auth|use-case|http|actions|queries|process)/)",
        pathNot: TESTS,
      },
      { path: "node_modules/@aws-sdk/" },
    ),
    rule(
      "sql-only-where-it-belongs",
      "SQL is spoken by lib/db, lib/audit, lib/auth, lib/history, lib/build-log and the drafts.",
      {
        path: "^(components/|lib/(core|config|telemetry|aws|image-builder|overview|http|actions|queries)/)",
        pathNot: TESTS,
      },
      { path: ["^lib/db/.*schema", "node_modules/drizzle-orm/"] },
    ),
    rule(
      "languages-are-data",
      "What AWS's pages say of documents is data: it imports nothing but its own files, no package either.",
      { path: "^languages/" },
      { path: ".", pathNot: "^languages/" },
    ),
    rule(
      "languages-have-doors",
      "A language is read through its door.",
      { pathNot: "^languages/" },
      { path: "^languages/", pathNot: "^languages/[a-z]+/index\\.ts$" },
    ),
    rule(
      "simulator-is-its-own-package",
      "The simulator imports nothing of ours but the data of the languages, which it brings along in what it publishes.",
      { path: "^simulator/" },
      { path: ".", pathNot: ["^simulator/", "^languages/", "node_modules/", "^[a-z_/]+$"] },
    ),
    rule(
      "nobody-enters-the-simulator",
      "Only its door is used; tests also testing.ts.",
      { pathNot: ["^simulator/", ...TESTS] },
      { path: "^simulator/", pathNot: "^simulator/index\\.ts$" },
    ),
    rule(
      "tests-stay-tests",
      "Product code never imports a test or its support.",
      // Benchmarks and faults are tests that a person starts.
      { pathNot: [...TESTS, "^scripts/(bench|fault|run)-"] },
      { path: TESTS },
    ),
    rule(
      "no-orphan-deps",
      "A dependency must be in package.json.",
      {},
      { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    ),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(\\.next|\\.data|\\.cache|simulator/dist)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".js", ".mjs", ".json"],
    },
  },
};
