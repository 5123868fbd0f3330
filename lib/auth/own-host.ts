/** Whether a Host header names this machine as its own user would: nobody else's domain can stand for it then. */
export function isOwnHost(host: string | null): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i.test(host ?? "");
}
