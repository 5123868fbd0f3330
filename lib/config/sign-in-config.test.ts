import { describe, expect, it } from "vitest";
import { readSignIn } from "./sign-in-config";

const place = {
  host: "0.0.0.0",
  port: 3000,
  isLoopback: false,
  isInsecure: false,
  targetIds: ["prod", "staging"],
};
const read = (environment: Record<string, string>, more: Partial<typeof place> = {}) => {
  const mistakes: string[] = [];
  const signIn = readSignIn(environment, { ...place, ...more }, mistakes);
  return { signIn, mistakes };
};
const roles = JSON.stringify([{ group: "platform", role: "admin" }]);
const oidc = {
  GOLDSMITH_URL: "https://images.example.com",
  GOLDSMITH_OIDC_ISSUER: "https://id.example.com",
  GOLDSMITH_OIDC_CLIENT_ID: "goldsmith",
  GOLDSMITH_OIDC_CLIENT_SECRET: "s3cret",
  GOLDSMITH_ROLES: roles,
};
const alb = {
  GOLDSMITH_PROXY: "alb",
  GOLDSMITH_PROXY_SIGNER:
    "arn:aws:elasticloadbalancing:eu-west-1:111111111111:loadbalancer/app/console/50dc6c495c0c9188",
  GOLDSMITH_PROXY_ISSUER: "https://id.example.com",
  GOLDSMITH_ROLES: roles,
};
const cloudflare = {
  GOLDSMITH_PROXY: "cloudflare",
  GOLDSMITH_PROXY_ISSUER: "https://team.cloudflareaccess.com",
  GOLDSMITH_PROXY_AUDIENCE: "tag",
  GOLDSMITH_ROLES: roles,
};

describe("readSignIn", () => {
  it.each([oidc, alb, cloudflare])(
    "takes a working set-up of at most six variables, HOST with them: %o",
    (environment) => {
      expect(Object.keys(environment).length + 1).toBeLessThanOrEqual(6);
      expect(read(environment).mistakes).toEqual([]);
    },
  );

  it("has one local administrator when nothing is said", () => {
    expect(read({}, { isLoopback: true }).signIn).toEqual({ kind: "none", isOpen: false });
  });

  it("fills in what most set-ups share", () => {
    expect(read(oidc).signIn).toMatchObject({
      scopes: ["openid", "profile", "email"],
      groupsClaim: "groups",
      sessionHours: 12,
      signOutAtProvider: false,
      allowedDomains: [],
    });
    expect(read(alb).signIn).toMatchObject({
      keys: "https://public-keys.auth.elb.eu-west-1.amazonaws.com",
      algorithms: ["ES256"],
    });
    expect(read(cloudflare).signIn).toMatchObject({
      keys: "https://team.cloudflareaccess.com/cdn-cgi/access/certs",
      algorithms: ["RS256"],
    });
  });

  it("reads roles with their targets and name beginnings", () => {
    const list = [
      { group: "a", role: "admin" },
      { group: "b", role: "operator", target: "prod", names: "web-*" },
      { group: "*", role: "viewer", names: "*" },
    ];
    expect(read({ ...oidc, GOLDSMITH_ROLES: JSON.stringify(list) }).signIn).toMatchObject({
      roles: [
        { group: "a", role: "admin", target: "*" },
        { group: "b", role: "operator", target: "prod", namePrefix: "web-" },
        { group: "*", role: "viewer", target: "*" },
      ],
    });
  });

  it.each<[string, Record<string, string>, RegExp]>([
    [
      "roles that are missing",
      { ...oidc, GOLDSMITH_ROLES: undefined as never },
      /GOLDSMITH_ROLES is missing/,
    ],
    [
      "roles that are no JSON",
      { ...oidc, GOLDSMITH_ROLES: "platform=admin" },
      /GOLDSMITH_ROLES must be JSON/,
    ],
    ["no roles at all", { ...oidc, GOLDSMITH_ROLES: "[]" }, /GOLDSMITH_ROLES: must name at least one group/],
    [
      "a role nobody knows",
      { ...oidc, GOLDSMITH_ROLES: '[{"group":"a","role":"root"}]' },
      /GOLDSMITH_ROLES\[0\]\.role: must be one of/,
    ],
    [
      "a target nobody knows",
      { ...oidc, GOLDSMITH_ROLES: '[{"group":"a","role":"admin","target":"prd"}]' },
      /GOLDSMITH_ROLES\[0\]\.target: there is no target "prd"/,
    ],
    [
      "a star within a name",
      { ...oidc, GOLDSMITH_ROLES: '[{"group":"a","role":"admin","names":"*-web"}]' },
      /GOLDSMITH_ROLES\[0\]\.names/,
    ],
    [
      "an empty group",
      { ...oidc, GOLDSMITH_ROLES: '[{"group":"","role":"admin"}]' },
      /GOLDSMITH_ROLES\[0\]\.group: must not be empty/,
    ],
    [
      "a member nobody knows",
      { ...oidc, GOLDSMITH_ROLES: '[{"group":"a","role":"admin","name":"web-*"}]' },
      /GOLDSMITH_ROLES\[0\]/,
    ],
    [
      "a provider over http",
      { ...oidc, GOLDSMITH_OIDC_ISSUER: "http://id.example.com" },
      /GOLDSMITH_OIDC_ISSUER must be https/,
    ],
    [
      "a provider that is no address",
      { ...oidc, GOLDSMITH_OIDC_ISSUER: "id.example.com" },
      /GOLDSMITH_OIDC_ISSUER must be an address/,
    ],
    [
      "a script for a provider",
      { ...oidc, GOLDSMITH_OIDC_ISSUER: "javascript:alert(1)" },
      /GOLDSMITH_OIDC_ISSUER must be an address/,
    ],
    [
      "a console over http",
      { ...oidc, GOLDSMITH_URL: "http://images.example.com" },
      /GOLDSMITH_URL must be https/,
    ],
    [
      "a console below a path",
      { ...oidc, GOLDSMITH_URL: "https://example.com/images" },
      /GOLDSMITH_URL must be an origin/,
    ],
    ["no address of the console", { ...oidc, GOLDSMITH_URL: undefined as never }, /GOLDSMITH_URL is missing/],
    [
      "no secret of any kind",
      { ...oidc, GOLDSMITH_OIDC_CLIENT_SECRET: undefined as never },
      /GOLDSMITH_SECRET must have at least 32/,
    ],
    ["a short secret", { ...oidc, GOLDSMITH_SECRET: "short" }, /GOLDSMITH_SECRET must have at least 32/],
    ["an endless session", { ...oidc, GOLDSMITH_SESSION_HOURS: "10000" }, /GOLDSMITH_SESSION_HOURS/],
    ["a session of no time", { ...oidc, GOLDSMITH_SESSION_HOURS: "0" }, /GOLDSMITH_SESSION_HOURS/],
    ["a session of some time", { ...oidc, GOLDSMITH_SESSION_HOURS: "long" }, /GOLDSMITH_SESSION_HOURS/],
    ["sign-out nowhere", { ...oidc, GOLDSMITH_OIDC_SIGN_OUT: "nowhere" }, /GOLDSMITH_OIDC_SIGN_OUT/],
    ["two ways at once", { ...oidc, ...cloudflare }, /exclude each other/],
    ["roles without a way to sign in", { GOLDSMITH_ROLES: roles }, /GOLDSMITH_ROLES needs/],
    ["a client without a provider", { GOLDSMITH_OIDC_CLIENT_ID: "x" }, /GOLDSMITH_OIDC_CLIENT_ID needs/],
    ["a proxy nobody knows", { ...cloudflare, GOLDSMITH_PROXY: "nginx" }, /GOLDSMITH_PROXY must be/],
    [
      "a load balancer without its ARN",
      { ...alb, GOLDSMITH_PROXY_SIGNER: undefined as never },
      /GOLDSMITH_PROXY_SIGNER is missing/,
    ],
    [
      "a load balancer's name for its ARN",
      { ...alb, GOLDSMITH_PROXY_SIGNER: "console" },
      /GOLDSMITH_PROXY_SIGNER must be the ARN/,
    ],
    [
      "a network load balancer",
      { ...alb, GOLDSMITH_PROXY_SIGNER: alb.GOLDSMITH_PROXY_SIGNER.replace("/app/", "/net/") },
      /GOLDSMITH_PROXY_SIGNER must be the ARN/,
    ],
    [
      "Cloudflare without an audience",
      { ...cloudflare, GOLDSMITH_PROXY_AUDIENCE: undefined as never },
      /GOLDSMITH_PROXY_AUDIENCE is missing/,
    ],
    [
      "keys over http",
      { ...cloudflare, GOLDSMITH_PROXY_KEYS: "http://keys.example.com" },
      /GOLDSMITH_PROXY_KEYS must be https/,
    ],
    ["a JWT without keys", { ...cloudflare, GOLDSMITH_PROXY: "jwt" }, /GOLDSMITH_PROXY_KEYS is missing/],
    [
      "the algorithm none",
      {
        ...cloudflare,
        GOLDSMITH_PROXY: "jwt",
        GOLDSMITH_PROXY_KEYS: "https://k.example.com",
        GOLDSMITH_PROXY_ALGORITHMS: "none",
      },
      /GOLDSMITH_PROXY_ALGORITHMS/,
    ],
    [
      "an algorithm with a shared secret",
      {
        ...cloudflare,
        GOLDSMITH_PROXY: "jwt",
        GOLDSMITH_PROXY_KEYS: "https://k.example.com",
        GOLDSMITH_PROXY_ALGORITHMS: "RS256 HS256",
      },
      /GOLDSMITH_PROXY_ALGORITHMS/,
    ],
    [
      "a header that is two",
      {
        ...cloudflare,
        GOLDSMITH_PROXY: "jwt",
        GOLDSMITH_PROXY_KEYS: "https://k.example.com",
        GOLDSMITH_PROXY_HEADER: "a: b",
      },
      /GOLDSMITH_PROXY_HEADER/,
    ],
  ])("refuses %s, with the variable's name", (_, environment, mistake) => {
    const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined));
    const { signIn, mistakes } = read(given);
    expect(signIn).toBeUndefined();
    expect(mistakes.join("\n")).toMatch(mistake);
  });
});

describe("what a console promises about sessions", () => {
  const long = "s".repeat(40);

  it("is safe where nothing is said", () => {
    expect(read(oidc).signIn).toMatchObject({
      sessionHours: 12,
      idleHours: 8,
      freshMinutes: 30,
      secrets: ["s3cret"],
    });
  });

  it("takes several secrets, newest first, one a line or a word", () => {
    for (const between of [" ", ",", "\n", ", "]) {
      const { signIn } = read({ ...oidc, GOLDSMITH_SECRET: `${long}1${between}${long}2` });
      expect(signIn).toMatchObject({ secrets: [`${long}1`, `${long}2`] });
    }
  });

  it.each<[string, Record<string, string>, RegExp]>([
    [
      "a short secret among long ones",
      { GOLDSMITH_SECRET: `${long} short` },
      /GOLDSMITH_SECRET must have at least 32/,
    ],
    ["no idle time", { GOLDSMITH_IDLE_HOURS: "0" }, /GOLDSMITH_IDLE_HOURS must be between/],
    ["an idle time in words", { GOLDSMITH_IDLE_HOURS: "a while" }, /GOLDSMITH_IDLE_HOURS must be between/],
    [
      "a fresh sign-in in the future",
      { GOLDSMITH_FRESH_SIGN_IN_MINUTES: "-5" },
      /GOLDSMITH_FRESH_SIGN_IN_MINUTES/,
    ],
    ["half a minute", { GOLDSMITH_FRESH_SIGN_IN_MINUTES: "0.5" }, /GOLDSMITH_FRESH_SIGN_IN_MINUTES/],
    ["a way that nobody knows", { GOLDSMITH_OIDC_CLIENT_AUTH: "basic" }, /must be one of private_key_jwt/],
    [
      "a key that is not given",
      { GOLDSMITH_OIDC_CLIENT_AUTH: "private_key_jwt" },
      /needs GOLDSMITH_OIDC_CLIENT_KEY/,
    ],
    ["a key that is none", { GOLDSMITH_OIDC_CLIENT_KEY: "abc" }, /must be a private key in PEM/],
  ])("refuses %s", (_, more, mistake) => {
    expect(read({ ...oidc, ...more }).mistakes.join("\n")).toMatch(mistake);
  });
});

describe("the proxy's own pages", () => {
  it("are paths of the console's host, or https addresses", () => {
    for (const page of [
      "/oauth2/start?rd={to}",
      "/oidc-callback?logout={to}",
      "https://id.example.com/out?to={to}",
    ]) {
      expect(read({ ...cloudflare, GOLDSMITH_PROXY_SIGN_IN: page }).signIn).toMatchObject({ signInAt: page });
    }
    expect(read(cloudflare).signIn).toMatchObject({ signOutAt: "/cdn-cgi/access/logout" });
  });

  it.each([
    "//evil.test",
    "/\\evil.test",
    "javascript:alert(1)",
    "http://id.example.com",
    "out",
    "ftp://x.example",
  ])("refuses %s", (page) => {
    for (const name of ["GOLDSMITH_PROXY_SIGN_IN", "GOLDSMITH_PROXY_SIGN_OUT"]) {
      expect(read({ ...cloudflare, [name]: page }).mistakes.join("\n")).toContain(name);
    }
  });
});
