import { z } from "zod";
import { ROLES, type RoleRule } from "@/lib/core/actor";
import { dnsSuffixOf } from "@/lib/core/arn";

/** How claims become a person with roles, whoever signed them. */
export type ClaimRules = {
  /** Name of the claim that lists groups; dots lead into objects where no claim has the whole name. */
  groupsClaim: string;
  roles: RoleRule[];
  /** Mail domains that may sign in; empty means any. */
  allowedDomains: string[];
  /** True where every address is verified before it is signed, so that no claim says so. */
  vouchesForAddresses?: boolean;
  /** True where programs sign in too, by `common_name` instead of a subject. */
  namesServices?: boolean;
};

export type OidcSignIn = ClaimRules & {
  kind: "oidc";
  /** What people call their provider, for the button that signs in; without it the host of its address. */
  providerName?: string | undefined;
  /** Where browsers reach the console, without a slash at its end. */
  url: string;
  issuer: string;
  clientId: string;
  clientSecret?: string;
  /** Private key in PEM (PKCS #8), by which the console proves who it is, and the id that the provider has for it. */
  clientKey?: string;
  clientKeyId?: string;
  /** How the console proves at the provider who it is; undefined: as the provider's description says. */
  clientAuthentication?: ClientAuthentication;
  /** Sign cookies and encrypt stored tokens: the first one new ones, the others are still taken. */
  secrets: string[];
  scopes: string[];
  sessionHours: number;
  /** A session in which nobody does anything for so long ends. */
  idleHours: number;
  /** How long after proving who one is one may delete, share and change lifecycles; 0: always. */
  freshMinutes: number;
  signOutAtProvider: boolean;
};

export type ProxySignIn = ClaimRules & {
  kind: "proxy";
  proxy: "alb" | "cloudflare" | "jwt";
  /** Request header that carries the token, in lower case. */
  header: string;
  issuer: string;
  /** For a load balancer its client id at the provider; may be absent there, since `signer` must fit. */
  audience?: string;
  /** ARN of the load balancer that must have signed. */
  signer?: string;
  /** Address of the key set; for a load balancer the folder of its keys. */
  keys: string;
  algorithms: string[];
  /** Where the proxy signs people in anew and out, with `{to}` for the path to come back to. */
  signInAt?: string;
  signOutAt?: string;
};

/** `none`: one local administrator; `isOpen` when told that something in front keeps strangers out. */
export type SignIn = { kind: "none"; isOpen: boolean } | OidcSignIn | ProxySignIn;

type Environment = Record<string, string | undefined>;
type Place = { host: string; port: number; isLoopback: boolean; isInsecure: boolean; targetIds: string[] };

/** Signatures with a private key only: with a shared secret whoever can check could also sign. */
export const SIGNATURES = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
];

/** How far the clocks of a provider, of a proxy and of this machine may be apart, wherever a token is checked. */
export const CLOCK_TOLERANCE_SECONDS = 30;

/** OpenID Connect Core 9, most likely first. */
export const CLIENT_AUTHENTICATIONS = [
  "private_key_jwt",
  "client_secret_basic",
  "client_secret_post",
  "client_secret_jwt",
  "none",
] as const;
export type ClientAuthentication = (typeof CLIENT_AUTHENTICATIONS)[number];

const LOOPBACK_URL = /^http:\/\/(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/;
const ALB_ARN =
  /^arn:aws[a-z-]*:elasticloadbalancing:([a-z0-9-]+):\d{12}:loadbalancer\/app\/[\w-]+\/[0-9a-f]+$/;

const roleRuleSchema = z
  .strictObject({
    group: z
      .string({ error: "must be the name of a group, or * for all signed-in users" })
      .min(1, "must not be empty"),
    role: z.enum(ROLES, { error: `must be one of ${ROLES.join(", ")}` }),
    target: z.string().min(1).default("*"),
    names: z
      .string()
      .regex(/^[^*]*\*?$/, "must be a name prefix and a star, such as web-*")
      .optional(),
  })
  .transform(({ names, ...rule }) => {
    const namePrefix = names?.replace(/\*$/, "");
    return namePrefix ? { ...rule, namePrefix } : rule;
  });

/** Reads how people sign in; what is wrong goes to `mistakes`, one line each, and gives `undefined`. */
export function readSignIn(environment: Environment, place: Place, mistakes: string[]): SignIn | undefined {
  const before = mistakes.length;
  const setting = settingsOf(environment, mistakes);
  const usesOidc = environment.GOLDSMITH_OIDC_ISSUER !== undefined;
  const usesProxy = environment.GOLDSMITH_PROXY !== undefined;
  if (usesOidc && usesProxy) {
    mistakes.push("GOLDSMITH_OIDC_ISSUER and GOLDSMITH_PROXY exclude each other: people sign in one way");
  }
  if (!usesOidc && !usesProxy) {
    const orphans = Object.keys(environment).filter((name) => /^GOLDSMITH_(OIDC_|PROXY_|ROLES$)/.test(name));
    for (const name of orphans) {
      mistakes.push(`${name} needs GOLDSMITH_OIDC_ISSUER or GOLDSMITH_PROXY, which say how people sign in`);
    }
    return mistakes.length > before ? undefined : { kind: "none", isOpen: place.isInsecure };
  }
  const rules: ClaimRules = {
    groupsClaim: environment.GOLDSMITH_GROUPS_CLAIM ?? "groups",
    roles: readRoles(environment.GOLDSMITH_ROLES, place.targetIds, mistakes),
    allowedDomains: wordsOf(environment.GOLDSMITH_ALLOWED_DOMAINS).map((domain) => domain.toLowerCase()),
  };
  const signIn = usesOidc
    ? readOidc(setting, rules, place)
    : { ...readProxy(setting, rules), ...readProxyPages(setting, environment.GOLDSMITH_PROXY) };
  return mistakes.length > before ? undefined : signIn;
}

function settingsOf(environment: Environment, mistakes: string[]) {
  return {
    optional: (name: string) => environment[name],
    required(name: string, what: string): string {
      const value = environment[name];
      if (value === undefined) mistakes.push(`${name} is missing: ${what}`);
      return value ?? "";
    },
    /** An address without a slash at its end; https, unless this machine alone can listen to it. */
    address(name: string, value: string): string {
      const bare = value.replace(/(?<!\/)\/+$/, "");
      const isAddress = URL.canParse(bare) && /^https?:$/.test(new URL(bare).protocol);
      if (value && !isAddress) mistakes.push(`${name} must be an address such as https://id.example.com`);
      else if (value && !bare.startsWith("https://") && !LOOPBACK_URL.test(new URL(bare).origin)) {
        mistakes.push(`${name} must be https: what goes there would be read and changed on its way`);
      }
      return value;
    },
    refuse: (mistake: string) => mistakes.push(mistake),
  };
}
type Settings = ReturnType<typeof settingsOf>;

function readOidc(setting: Settings, rules: ClaimRules, place: Place): OidcSignIn {
  const own = `http://${place.host.includes(":") ? `[${place.host}]` : place.host}:${place.port}`;
  const url = place.isLoopback
    ? (setting.optional("GOLDSMITH_URL") ?? own)
    : setting.required(
        "GOLDSMITH_URL",
        "the address in people's browsers, such as https://images.example.com",
      );
  if (URL.canParse(url) && new URL(url).origin !== url.replace(/\/$/, "")) {
    setting.refuse("GOLDSMITH_URL must be an origin: scheme, host and port, without a path");
  }
  const clientSecret = setting.optional("GOLDSMITH_OIDC_CLIENT_SECRET");
  const clientKey = setting.optional("GOLDSMITH_OIDC_CLIENT_KEY");
  if (clientKey !== undefined && !clientKey.includes("-----BEGIN PRIVATE KEY-----")) {
    setting.refuse(
      "GOLDSMITH_OIDC_CLIENT_KEY must be a private key in PEM that begins with -----BEGIN PRIVATE KEY-----",
    );
  }
  const clientAuthentication = readClientAuthentication(setting, { clientSecret, clientKey });
  const given = wordsOf(setting.optional("GOLDSMITH_SECRET"));
  const secrets = given.length > 0 ? given : clientSecret ? [clientSecret] : [];
  if (secrets.length === 0 || given.some((secret) => secret.length < 32)) {
    setting.refuse(
      "GOLDSMITH_SECRET must have at least 32 random characters (openssl rand -base64 32), and so must each of several, latest first, separated by spaces; it may be left out where GOLDSMITH_OIDC_CLIENT_SECRET is given",
    );
  }
  const sessionHours = hoursOf(setting, "GOLDSMITH_SESSION_HOURS", 12);
  const idleHours = hoursOf(setting, "GOLDSMITH_IDLE_HOURS", 8);
  const freshMinutes = Number(setting.optional("GOLDSMITH_FRESH_SIGN_IN_MINUTES") ?? 30);
  if (!(Number.isInteger(freshMinutes) && freshMinutes >= 0 && freshMinutes <= 1440)) {
    setting.refuse(
      "GOLDSMITH_FRESH_SIGN_IN_MINUTES must be a whole number from 1 to 1440, or 0 where nobody has to sign in again",
    );
  }
  const signOut = setting.optional("GOLDSMITH_OIDC_SIGN_OUT") ?? "console";
  if (signOut !== "console" && signOut !== "provider") {
    setting.refuse('GOLDSMITH_OIDC_SIGN_OUT must be "console" or "provider"');
  }
  return {
    ...rules,
    kind: "oidc",
    providerName: readProviderName(setting),
    url: setting.address("GOLDSMITH_URL", url).replace(/\/$/, ""),
    issuer: setting.address(
      "GOLDSMITH_OIDC_ISSUER",
      setting.required("GOLDSMITH_OIDC_ISSUER", "the address of the identity provider"),
    ),
    clientId: setting.required("GOLDSMITH_OIDC_CLIENT_ID", "what the identity provider calls this console"),
    clientSecret,
    clientKey,
    clientKeyId: setting.optional("GOLDSMITH_OIDC_CLIENT_KEY_ID"),
    clientAuthentication,
    secrets,
    scopes: wordsOf(setting.optional("GOLDSMITH_OIDC_SCOPES") ?? "openid profile email"),
    sessionHours,
    idleHours,
    freshMinutes,
    signOutAtProvider: signOut === "provider",
  };
}

function readProviderName(setting: Settings): string | undefined {
  const name = setting.optional("GOLDSMITH_SIGN_IN_NAME")?.trim();
  if (name !== undefined && !/^[^\p{Cc}]{1,40}$/u.test(name)) {
    setting.refuse("GOLDSMITH_SIGN_IN_NAME must be at most 40 characters, such as Example Corp");
  }
  return name;
}

function hoursOf(setting: Settings, name: string, otherwise: number): number {
  const hours = Number(setting.optional(name) ?? otherwise);
  if (!(hours > 0 && hours <= 720)) setting.refuse(`${name} must be between 0 and 720`);
  return hours;
}

/** The way that is asked for, where it can be gone with the credentials that are given. */
function readClientAuthentication(
  setting: Settings,
  { clientSecret, clientKey }: Pick<OidcSignIn, "clientSecret" | "clientKey">,
): ClientAuthentication | undefined {
  const name = "GOLDSMITH_OIDC_CLIENT_AUTH";
  const wanted = setting.optional(name);
  if (wanted === undefined) return undefined;
  const method = CLIENT_AUTHENTICATIONS.find((known) => known === wanted);
  if (!method) setting.refuse(`${name} must be one of ${CLIENT_AUTHENTICATIONS.join(", ")}`);
  else if (method === "private_key_jwt" && !clientKey)
    setting.refuse(`${name} needs GOLDSMITH_OIDC_CLIENT_KEY`);
  else if (method.startsWith("client_secret") && !clientSecret) {
    setting.refuse(`${name} needs GOLDSMITH_OIDC_CLIENT_SECRET`);
  }
  return method;
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html */
const albKeysOf = (region: string): string =>
  region.startsWith("us-gov-")
    ? `https://s3-${region}.amazonaws.com/aws-elb-public-keys-prod-${region}`
    : `https://public-keys.auth.elb.${region}.${dnsSuffixOf(region)}`;

function readProxy(setting: Settings, rules: ClaimRules): ProxySignIn {
  const proxy = setting.required("GOLDSMITH_PROXY", "alb, cloudflare or jwt");
  const issuer = () =>
    setting.address(
      "GOLDSMITH_PROXY_ISSUER",
      setting.required("GOLDSMITH_PROXY_ISSUER", "the issuer named in the proxy's tokens"),
    );
  const keys = (otherwise: string) =>
    setting.address("GOLDSMITH_PROXY_KEYS", setting.optional("GOLDSMITH_PROXY_KEYS") ?? otherwise);
  const audience = () =>
    setting.required("GOLDSMITH_PROXY_AUDIENCE", "the audience of tokens that are meant for this console");
  if (proxy === "alb") {
    const signer = setting.required("GOLDSMITH_PROXY_SIGNER", "the ARN of the load balancer");
    const region = ALB_ARN.exec(signer)?.[1];
    if (signer && !region)
      setting.refuse("GOLDSMITH_PROXY_SIGNER must be the ARN of an Application Load Balancer");
    const folder = keys(albKeysOf(region ?? "")).replace(/(?<!\/)\/+$/, "");
    const header = "x-amzn-oidc-data";
    return {
      ...rules,
      kind: "proxy",
      proxy,
      header,
      issuer: issuer(),
      audience: setting.optional("GOLDSMITH_PROXY_AUDIENCE"),
      signer,
      keys: folder,
      algorithms: ["ES256"],
    };
  }
  if (proxy === "cloudflare") {
    const team = issuer().replace(/(?<!\/)\/+$/, "");
    return {
      ...rules,
      kind: "proxy",
      proxy,
      vouchesForAddresses: true,
      namesServices: true,
      header: "cf-access-jwt-assertion",
      issuer: team,
      audience: audience(),
      keys: keys(`${team}/cdn-cgi/access/certs`),
      algorithms: ["RS256"],
    };
  }
  if (proxy !== "jwt") setting.refuse('GOLDSMITH_PROXY must be "alb", "cloudflare" or "jwt"');
  const header = setting.optional("GOLDSMITH_PROXY_HEADER") ?? "authorization";
  if (!/^[\w-]+$/.test(header)) setting.refuse("GOLDSMITH_PROXY_HEADER must be the name of a request header");
  const algorithms = wordsOf(setting.optional("GOLDSMITH_PROXY_ALGORITHMS") ?? "RS256 ES256");
  const strange = algorithms.filter((name) => !SIGNATURES.includes(name));
  if (strange.length > 0 || algorithms.length === 0) {
    setting.refuse(`GOLDSMITH_PROXY_ALGORITHMS must be some of ${SIGNATURES.join(", ")}`);
  }
  return {
    ...rules,
    kind: "proxy",
    proxy: "jwt",
    namesServices: true,
    header: header.toLowerCase(),
    issuer: issuer(),
    audience: audience(),
    keys: setting.address(
      "GOLDSMITH_PROXY_KEYS",
      setting.required("GOLDSMITH_PROXY_KEYS", "the address of the proxy's key set (JWKS)"),
    ),
    algorithms,
  };
}

/** Pages of the proxy's own, which it has on the console's host or elsewhere. */
function readProxyPages(
  setting: Settings,
  proxy: string | undefined,
): Pick<ProxySignIn, "signInAt" | "signOutAt"> {
  const pageOf = (name: string, otherwise?: string) => {
    const page = setting.optional(name) ?? otherwise;
    if (page === undefined) return undefined;
    // Browsers take two slashes, and a backslash, for another host.
    if (!/^\/(?![/\\])/.test(page)) setting.address(name, page.replaceAll("{to}", ""));
    return page;
  };
  return {
    signInAt: pageOf("GOLDSMITH_PROXY_SIGN_IN"),
    signOutAt: pageOf(
      "GOLDSMITH_PROXY_SIGN_OUT",
      proxy === "cloudflare" ? "/cdn-cgi/access/logout" : undefined,
    ),
  };
}

function readRoles(json: string | undefined, targetIds: string[], mistakes: string[]): RoleRule[] {
  if (json === undefined) {
    mistakes.push(
      'GOLDSMITH_ROLES is missing: which groups may do what, such as [{"group":"platform","role":"admin"}]',
    );
    return [];
  }
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    mistakes.push("GOLDSMITH_ROLES must be JSON: a list of {group, role, target?, names?}");
    return [];
  }
  const parsed = z.array(roleRuleSchema).min(1, "must name at least one group").safeParse(value);
  if (!parsed.success) {
    for (const { path, message } of parsed.error.issues) {
      const [index, member] = path;
      const at = `${index === undefined ? "" : `[${String(index)}]`}${member === undefined ? "" : `.${String(member)}`}`;
      mistakes.push(`GOLDSMITH_ROLES${at}: ${message}`);
    }
    return [];
  }
  parsed.data.forEach(({ target }, index) => {
    if (target === "*" || targetIds.includes(target)) return;
    mistakes.push(`GOLDSMITH_ROLES[${index}].target: there is no target "${target}"`);
  });
  return parsed.data;
}

const wordsOf = (list: string | undefined) => (list ?? "").split(/[\s,]+/).filter(Boolean);
