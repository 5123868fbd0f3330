import type { OidcSessions, SignInKind } from "@/lib/auth/oidc/oidc-sessions";

/** A browser as far as signing in needs one: cookies by host and port, redirects followed by hand. */
export class SignInBrowser {
  private readonly jars = new Map<string, Map<string, string>>();

  constructor(
    private readonly sessions: OidcSessions,
    private readonly consoleUrl: string,
  ) {}

  /** What the console sees of this browser. */
  headers(): Headers {
    return new Headers({ cookie: this.cookiesFor(this.consoleUrl) });
  }

  /** Cookies of the console, by name. */
  consoleCookies(): Map<string, string> {
    return this.jarOf(this.consoleUrl);
  }

  /** Goes to the provider and gives the address it sends the browser back to. */
  async visitProvider(path = "/", kind?: SignInKind): Promise<string> {
    const { url, cookies } = await this.sessions.start(path, this.headers(), kind);
    this.keep(this.consoleUrl, cookies);
    let next = url;
    for (let step = 0; step < 10 && !next.startsWith(this.consoleUrl); step += 1) {
      const response = await fetch(next, { redirect: "manual", headers: { cookie: this.cookiesFor(next) } });
      this.keep(next, response.headers.getSetCookie());
      const location = response.headers.get("location");
      if (!location) throw new Error(`${next} answered ${response.status}: ${await response.text()}`);
      next = new URL(location, next).href;
    }
    return next;
  }

  /** Opens the address at the console. */
  async comeBack(address: string) {
    const result = await this.sessions.finish(new Request(address, { headers: this.headers() }));
    this.keep(this.consoleUrl, result.response.headers.getSetCookie());
    return { ...result, location: result.response.headers.get("location") ?? "" };
  }

  async signIn(path?: string, kind?: SignInKind) {
    return this.comeBack(await this.visitProvider(path, kind));
  }

  keep(url: string, setCookies: string[]): void {
    const jar = this.jarOf(url);
    for (const cookie of setCookies) {
      const [pair = "", ...attributes] = cookie.split(";");
      const name = pair.slice(0, pair.indexOf("="));
      const isGone = attributes.some((attribute) => /^\s*max-age=0$/i.test(attribute));
      if (isGone) jar.delete(name);
      else jar.set(name, pair.slice(name.length + 1));
    }
  }

  private cookiesFor(url: string): string {
    return [...this.jarOf(url)].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  private jarOf(url: string): Map<string, string> {
    const { host } = new URL(url);
    const jar = this.jars.get(host) ?? new Map<string, string>();
    this.jars.set(host, jar);
    return jar;
  }
}
