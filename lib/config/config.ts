import { isIP } from "node:net";
import { z } from "zod";
import { NO_PROXIES, readTrustedProxies, type TrustedProxies } from "@/lib/core/client-address";
import type { Target } from "@/lib/core/target";
import { isTimeZone } from "@/lib/core/zoned-time";
import { mistakeInDatabaseUrl } from "./database-url";
import { readTargets } from "./read-targets";
import { readSignIn, type SignIn } from "./sign-in-config";

const port = (what: string) =>
  z.coerce
    .number({ error: `${what} must be a port number between 1 and 65535` })
    .int(`${what} must be a whole number`)
    .min(1, `${what} must be at least 1`)
    .max(65535, `${what} must be at most 65535`);

const unseenDays = (what: string) =>
  z.coerce
    .number({ error: `${what} must be a number of days` })
    .int(`${what} must be a whole number`)
    .min(1, `${what} must be at least 1`)
    .max(366, `${what} must be at most 366`);

const receiver = (name: string) =>
  z
    .url({ protocol: /^https?$/, error: `${name} must be an address such as http://127.0.0.1:4318` })
    .optional();

const environmentSchema = z.object({
  PORT: port("PORT").default(3000),
  HOST: z.string().min(1).default("127.0.0.1"),
  GOLDSMITH_INSECURE: z.enum(["0", "1"], { error: "GOLDSMITH_INSECURE must be 0 or 1" }).default("0"),
  GOLDSMITH_AWS: z
    .enum(["simulator", "aws"], { error: 'GOLDSMITH_AWS must be "simulator" or "aws"' })
    .default("simulator"),
  GOLDSMITH_TARGETS: z.string().optional(),
  GOLDSMITH_SIMULATOR_PORT: port("GOLDSMITH_SIMULATOR_PORT").default(4600),
  GOLDSMITH_SIMULATOR_SPEED: z.coerce
    .number({ error: "GOLDSMITH_SIMULATOR_SPEED must be a number" })
    .positive("GOLDSMITH_SIMULATOR_SPEED must be greater than 0")
    .optional(),
  GOLDSMITH_SIMULATOR_SEED: z
    .string()
    .regex(
      /^(demo|empty|builds=[1-9]\d{0,6})$/,
      'GOLDSMITH_SIMULATOR_SEED must be "demo", "empty" or "builds=<n>"',
    )
    .default("demo"),
  GOLDSMITH_SIMULATOR_TROUBLE: z.string().optional(),
  GOLDSMITH_DATA: z.string().min(1).default(".data"),
  GOLDSMITH_DIAGNOSIS_RULES: z.string().min(1).optional(),
  GOLDSMITH_TIME_ZONE: z
    .string()
    .refine(isTimeZone, "GOLDSMITH_TIME_ZONE must be an IANA time zone such as Europe/Berlin")
    .default("UTC"),
  GOLDSMITH_HISTORY_RATE: z.coerce
    .number({ error: "GOLDSMITH_HISTORY_RATE must be a number" })
    .min(0, "GOLDSMITH_HISTORY_RATE must be 0, which turns the sync off, or calls a second")
    .max(100, "GOLDSMITH_HISTORY_RATE must be at most 100")
    .optional(),
  GOLDSMITH_LIST_CALLS: z.coerce
    .number({ error: "GOLDSMITH_LIST_CALLS must be a number of calls" })
    .int("GOLDSMITH_LIST_CALLS must be a whole number")
    .min(30, "GOLDSMITH_LIST_CALLS must be at least 30")
    .max(600, "GOLDSMITH_LIST_CALLS must be at most 600")
    .default(240),
  GOLDSMITH_FLEET_MINUTES: z.coerce
    .number({ error: "GOLDSMITH_FLEET_MINUTES must be a number of minutes" })
    .int("GOLDSMITH_FLEET_MINUTES must be a whole number")
    .min(0, "GOLDSMITH_FLEET_MINUTES must be at least 0")
    .max(1440, "GOLDSMITH_FLEET_MINUTES must be at most 1440")
    .default(10),
  GOLDSMITH_HISTORY_DAYS: z.coerce
    .number({ error: "GOLDSMITH_HISTORY_DAYS must be a number of days" })
    .int("GOLDSMITH_HISTORY_DAYS must be a whole number")
    .min(1, "GOLDSMITH_HISTORY_DAYS must be at least 1")
    .optional(),
  GOLDSMITH_DRAFT_DAYS: z.coerce
    .number({ error: "GOLDSMITH_DRAFT_DAYS must be a number of days" })
    .int("GOLDSMITH_DRAFT_DAYS must be a whole number")
    .min(7, "GOLDSMITH_DRAFT_DAYS must be at least 7")
    .default(180),
  GOLDSMITH_TOKEN_DAYS: unseenDays("GOLDSMITH_TOKEN_DAYS").default(30),
  GOLDSMITH_SERVICE_TOKEN_DAYS: unseenDays("GOLDSMITH_SERVICE_TOKEN_DAYS").default(90),
  GOLDSMITH_FRESH_DAYS: z.coerce
    .number({ error: "GOLDSMITH_FRESH_DAYS must be a number of days" })
    .int("GOLDSMITH_FRESH_DAYS must be a whole number")
    .min(1, "GOLDSMITH_FRESH_DAYS must be at least 1")
    .default(14),
  GOLDSMITH_TRUSTED_PROXIES: z
    .string()
    .optional()
    .transform((text, check) => {
      try {
        return text === undefined ? NO_PROXIES : readTrustedProxies(text);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        check.addIssue({ code: "custom", message: `GOLDSMITH_TRUSTED_PROXIES: ${reason}` });
        return z.NEVER;
      }
    }),
  GOLDSMITH_URL: z.string().optional(),
  GOLDSMITH_SECRET: z.string().optional(),
  GOLDSMITH_NOTIFY_INSIDE: z
    .string()
    .regex(
      /^[\w.:[\]-]+(,\s*[\w.:[\]-]+)*$/,
      "GOLDSMITH_NOTIFY_INSIDE must be host names or addresses separated by commas",
    )
    .optional(),
  GOLDSMITH_SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\/\S+$/, "GOLDSMITH_SMTP_URL must start with smtp:// or smtps://")
    .optional(),
  GOLDSMITH_MAIL_FROM: z
    .email("GOLDSMITH_MAIL_FROM must be an e-mail address")
    .default("goldsmith@localhost.localdomain"),
  GOLDSMITH_METRICS_TOKEN: z
    .string()
    .min(16, "GOLDSMITH_METRICS_TOKEN must have at least 16 characters")
    .optional(),
  GOLDSMITH_LOG_LEVEL: z
    .enum(["trace", "debug", "info", "warn", "error", "silent"], {
      error: "GOLDSMITH_LOG_LEVEL must be trace, debug, info, warn, error or silent",
    })
    .default("info"),
  OTEL_EXPORTER_OTLP_ENDPOINT: receiver("OTEL_EXPORTER_OTLP_ENDPOINT"),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: receiver("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "DATABASE_URL must start with postgres:// or postgresql://")
    .superRefine((url, check) => {
      const message = mistakeInDatabaseUrl(url);
      if (message) check.addIssue({ code: "custom", message });
    })
    .optional(),
});

export type Config = {
  host: string;
  port: number;
  /** Where SDK clients connect and as whom; the simulator is nothing but another endpoint. */
  aws: { endpoint?: string; credentials: "ambient" | "account-id" };
  targets: Target[];
  signIn: SignIn;
  /** Present when this process also runs the simulator. */
  simulator?: { port: number; speed?: number; seed: string; trouble?: string };
  database: { kind: "postgres"; url: string } | { kind: "pglite"; folder: string };
  dataFolder: string;
  /** A YAML or JSON file with a team's own diagnosis rules. */
  diagnosisRulesFile?: string;
  history: {
    /** Calls of Image Builder a second that the sync may make on one target; 0: no sync. */
    ratePerSecond: number;
    /** IANA name: in it days begin and end. */
    timeZone: string;
    /** Builds are kept so long; undefined: for ever. */
    keepDays?: number;
    /** How old a pipeline's latest successful image may be, unless the team sets its own target. */
    freshWithinDays: number;
  };
  /**
   * Calls of Image Builder a minute that the overview and the lists of one target make together, however many people
   * look at however many pipelines.
   */
  listCallsPerMinute: number;
  /** How often a fleet that somebody looked at within a day is read again; 0: only while somebody looks. */
  fleetMinutes: number;
  /** Drafts that nobody changed for so many days are deleted. */
  draftDays: number;
  /** An API token pauses when the console has not seen its creator for so many days, by the token's kind. */
  tokenDays: { person: number; service: number; feed: number };
  notifications: NotificationSettings;
  logLevel: string;
  /** Whether the environment names a receiver of traces; the exporter reads the standard variables itself. */
  sendsTraces: boolean;
  /** Load balancers whose X-Forwarded-For is believed. */
  trustedProxies: TrustedProxies;
  /** What a collector of metrics must show that does not run on this machine. */
  metricsToken?: string;
};

/** How messages leave the console. */
export type NotificationSettings = {
  /** The console's own address, for links: an origin without a slash at its end. */
  consoleUrl: string;
  /** Newest first; empty where the console keeps a key in its data folder. */
  secrets: string[];
  /** Host names and addresses within the own network that may receive messages, by HTTP too. */
  insideHosts: string[];
  /** Where e-mail is handed over; without it no receiver can be an e-mail address. */
  smtpUrl?: string;
  mailFrom: string;
};

/** Every mistake of the environment at once, one line each. */
export class ConfigError extends Error {
  override name = "ConfigError";
  constructor(readonly mistakes: string[]) {
    super(mistakes.join("\n"));
  }
}

const DEMO_TARGET: Target = {
  id: "demo",
  label: "Demo",
  accountId: "111111111111",
  region: "us-east-1",
};

/** Reads the environment. Throws `ConfigError` naming each variable that is wrong. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  // An empty variable means "not set": compose files and shells cannot say it otherwise.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const parsed = environmentSchema.safeParse(given);
  const mistakes = parsed.success ? [] : parsed.error.issues.map(({ message }) => message);
  const targets = readTargets(given.GOLDSMITH_TARGETS, mistakes);
  if (!parsed.success) throw new ConfigError(mistakes);

  const env = parsed.data;
  if (env.GOLDSMITH_AWS === "aws" && !targets) {
    mistakes.push("GOLDSMITH_AWS=aws needs GOLDSMITH_TARGETS: the accounts and Regions to serve, as JSON");
  }
  const place = {
    host: env.HOST,
    port: env.PORT,
    isLoopback: isLoopback(env.HOST),
    isInsecure: env.GOLDSMITH_INSECURE === "1",
    targetIds: (targets ?? [DEMO_TARGET]).map(({ id }) => id),
  };
  const signIn = readSignIn(given, place, mistakes);
  if (signIn?.kind === "none" && !place.isLoopback && !place.isInsecure) {
    mistakes.push(
      `HOST=${env.HOST} would serve everyone who can reach it, and no sign-in is configured. Use 127.0.0.1, configure sign-in (docs/sign-in.md), or set GOLDSMITH_INSECURE=1 when something in front of it keeps strangers out`,
    );
  }
  if (!signIn || mistakes.length > 0) throw new ConfigError(mistakes);

  const simulated = env.GOLDSMITH_AWS === "simulator";
  return {
    host: env.HOST,
    port: env.PORT,
    aws: simulated
      ? { endpoint: `http://127.0.0.1:${env.GOLDSMITH_SIMULATOR_PORT}`, credentials: "account-id" }
      : { credentials: "ambient" },
    targets: targets ?? [DEMO_TARGET],
    signIn,
    simulator: simulated
      ? {
          port: env.GOLDSMITH_SIMULATOR_PORT,
          speed: env.GOLDSMITH_SIMULATOR_SPEED,
          seed: env.GOLDSMITH_SIMULATOR_SEED,
          trouble: env.GOLDSMITH_SIMULATOR_TROUBLE,
        }
      : undefined,
    database: env.DATABASE_URL
      ? { kind: "postgres", url: env.DATABASE_URL }
      : { kind: "pglite", folder: `${env.GOLDSMITH_DATA}/database` },
    dataFolder: env.GOLDSMITH_DATA,
    diagnosisRulesFile: env.GOLDSMITH_DIAGNOSIS_RULES,
    history: {
      ratePerSecond: env.GOLDSMITH_HISTORY_RATE ?? (simulated ? 15 : 3),
      timeZone: env.GOLDSMITH_TIME_ZONE,
      keepDays: env.GOLDSMITH_HISTORY_DAYS,
      freshWithinDays: env.GOLDSMITH_FRESH_DAYS,
    },
    listCallsPerMinute: env.GOLDSMITH_LIST_CALLS,
    fleetMinutes: env.GOLDSMITH_FLEET_MINUTES,
    draftDays: env.GOLDSMITH_DRAFT_DAYS,
    tokenDays: {
      person: env.GOLDSMITH_TOKEN_DAYS,
      service: env.GOLDSMITH_SERVICE_TOKEN_DAYS,
      feed: env.GOLDSMITH_TOKEN_DAYS,
    },
    notifications: {
      consoleUrl: (env.GOLDSMITH_URL ?? `http://${env.HOST}:${env.PORT}`).replace(/\/$/, ""),
      secrets: env.GOLDSMITH_SECRET?.split(/\s+/).filter(Boolean) ?? [],
      insideHosts: env.GOLDSMITH_NOTIFY_INSIDE?.split(",").map((host) => host.trim().toLowerCase()) ?? [],
      smtpUrl: env.GOLDSMITH_SMTP_URL,
      mailFrom: env.GOLDSMITH_MAIL_FROM,
    },
    logLevel: env.GOLDSMITH_LOG_LEVEL,
    sendsTraces: Boolean(env.OTEL_EXPORTER_OTLP_ENDPOINT ?? env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT),
    trustedProxies: env.GOLDSMITH_TRUSTED_PROXIES,
    metricsToken: env.GOLDSMITH_METRICS_TOKEN,
  };
}

/** True for addresses that only this machine can reach. */
function isLoopback(host: string): boolean {
  if (host === "localhost") return true;
  const bare = host.replace(/^\[|\]$/g, "");
  return isIP(bare) === 4 ? bare.startsWith("127.") : bare === "::1";
}
