import { type OidcSessions, openOidcSessions } from "@/lib/auth/oidc/oidc-sessions";
import { type OidcSignIn, readSignIn } from "@/lib/config/sign-in-config";
import type { Clock } from "@/lib/core/clock";
import { systemClock } from "@/lib/core/clock";
import { type Database, openDatabase } from "@/lib/db/database";
import { CLIENT_ID, CLIENT_SECRET, type IdentityProvider, startIdentityProvider } from "./identity-provider";
import { SignInBrowser } from "./sign-in-browser";

export const CONSOLE_URL = "https://images.example.com";

export type OidcConsole = {
  provider: IdentityProvider;
  database: Database;
  sessions: OidcSessions;
  /** The same console as another replica, or with other settings. */
  open(more?: Record<string, string | undefined>): OidcSessions;
  newBrowser(sessions?: OidcSessions): SignInBrowser;
  close(): Promise<void>;
};

/** As much of a console as signing in takes: a real provider, a database in memory, the sessions. */
export async function startOidcConsole({
  clock = systemClock,
  offlineAccess = false,
  database: given,
  settings = {},
  ...more
}: {
  clock?: Clock;
  offlineAccess?: boolean;
  /** Of the console, in place of those that fit the provider. */
  settings?: Record<string, string | undefined>;
  /** Closed by whoever opened it; one in memory when left out. */
  database?: Database;
} & Pick<Parameters<typeof startIdentityProvider>[0], "client" | "methods"> = {}): Promise<OidcConsole> {
  const provider = await startIdentityProvider({
    redirectUris: [`${CONSOLE_URL}/api/auth/callback/oidc`],
    postLogoutRedirectUris: [`${CONSOLE_URL}/sign-in`],
    offlineAccess,
    ...more,
  });
  const database = given ?? (await openDatabase({ kind: "memory" }));
  const open = (more: Record<string, string | undefined> = {}) =>
    consoleAt(provider.issuer, database, clock, { ...settings, ...more });
  const sessions = open();
  return {
    provider,
    database,
    sessions,
    open,
    newBrowser: (other = sessions) => new SignInBrowser(other, CONSOLE_URL),
    close: async () => {
      await provider.close();
      if (!given) await database.close();
    },
  };
}

/** Sessions of a console whose people sign in at `issuer`. */
export const consoleAt = (
  issuer: string,
  database: Database,
  clock: Clock,
  more: Record<string, string | undefined>,
): OidcSessions =>
  openOidcSessions({ signIn: settingsFor(issuer, more), database: async () => database, clock });

function settingsFor(issuer: string, more: Record<string, string | undefined>): OidcSignIn {
  const mistakes: string[] = [];
  const environment = {
    GOLDSMITH_URL: CONSOLE_URL,
    GOLDSMITH_OIDC_ISSUER: issuer,
    GOLDSMITH_OIDC_CLIENT_ID: CLIENT_ID,
    GOLDSMITH_OIDC_CLIENT_SECRET: CLIENT_SECRET,
    GOLDSMITH_ROLES: JSON.stringify([{ group: "platform", role: "admin" }]),
    ...more,
  };
  const place = { host: "0.0.0.0", port: 3000, isLoopback: false, isInsecure: false, targetIds: ["prod"] };
  const signIn = readSignIn(environment, place, mistakes);
  if (signIn?.kind !== "oidc") throw new Error(mistakes.join("\n"));
  return signIn;
}
