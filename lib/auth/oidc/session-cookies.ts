import "server-only";

/** Names with `__Host-` are taken by browsers from this very host over https only, so no neighbour can plant one. */
export function sessionCookies(url: string) {
  const isSecure = url.startsWith("https://");
  const prefix = isSecure ? "__Host-goldsmith" : "goldsmith";
  const write = (name: string, value: string, seconds: number) =>
    `${name}=${value}; Max-Age=${Math.round(seconds)}; Path=/; HttpOnly; SameSite=Lax${isSecure ? "; Secure" : ""}`;
  const session = `${prefix}.session_token`;
  const browser = `${prefix}.sign_in`;
  return {
    /** The value of the session's cookie, as it came. */
    sessionIn: (headers: Headers) => cookieOf(headers, session),
    setSession: (value: string, seconds: number) => write(session, value, seconds),
    clearSession: () => write(session, "", 0),
    /** What ties sign-ins under way to the browser that began them. */
    browserIn(headers: Headers): string | undefined {
      const value = cookieOf(headers, browser);
      return value !== undefined && /^[\w-]{43}$/.test(value) ? value : undefined;
    },
    setBrowser: (value: string, seconds: number) => write(browser, value, seconds),
  };
}

function cookieOf(headers: Headers, name: string): string | undefined {
  const pairs = (headers.get("cookie") ?? "").split(/;\s*/);
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}
