import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "./prepare-project.mjs";

export type Answer = { status: number; code?: string; message?: string; ms: number };

/** A console of the run's own, spoken to as a browser would. */
export class FaultConsole {
  private actions: Record<string, string> | undefined;
  private constructor(
    private readonly child: ChildProcess,
    readonly origin: string,
    /** Who asks; nobody's at first. */
    public cookie: string,
  ) {}

  static async start(port: number, environment: Record<string, string>, cookie = ""): Promise<FaultConsole> {
    const child = spawn(process.execPath, ["scripts/start.mjs"], {
      cwd: projectRoot,
      env: { ...process.env, PORT: String(port), ...environment },
      stdio: ["ignore", "pipe", openSync(join(projectRoot, ".cache/faults.log"), "a")],
    });
    await new Promise<void>((resolve, reject) => {
      child.stdout?.on("data", (chunk) => String(chunk).includes("is ready at") && resolve());
      child.once("exit", (code) => reject(new Error(`the console ended with ${code}`)));
    });
    return new FaultConsole(child, `http://127.0.0.1:${port}`, cookie);
  }

  get isAlive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** MiB of memory that the process holds. */
  get memoryMiB(): number {
    const status = readFileSync(`/proc/${this.child.pid}/status`, "utf8");
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  async stop(): Promise<number | null> {
    if (!this.isAlive) return this.child.exitCode;
    const exit = once(this.child, "exit");
    this.child.kill("SIGTERM");
    const [code] = await exit;
    return code;
  }

  /** Ends it as a lost node would, without a word. */
  async kill(): Promise<void> {
    const exit = once(this.child, "exit");
    this.child.kill("SIGKILL");
    await exit;
  }

  async get(path: string): Promise<Answer & { json: unknown }> {
    const startedAt = performance.now();
    const signal = AbortSignal.timeout(60_000);
    const headers = { cookie: this.cookie };
    const response = await fetch(`${this.origin}${path}`, { signal, headers }).catch(() => undefined);
    const text = (await response?.text().catch(() => "")) ?? "";
    const json = text.startsWith("{") || text.startsWith("[") ? JSON.parse(text) : undefined;
    const error = json?.error as { code?: string; message?: string } | undefined;
    return {
      status: response?.status ?? 0,
      ...(error && { code: error.code, message: error.message }),
      ms: Math.round(performance.now() - startedAt),
      json,
    };
  }

  /** Goes through the provider as a browser would. What follows is asked in that person's name. */
  async signIn(): Promise<void> {
    const jars = new Map<string, Map<string, string>>();
    const cookiesOf = (host: string) => [...(jars.get(host) ?? [])].map((pair) => pair.join("=")).join("; ");
    const { host: ownHost } = new URL(this.origin);
    let next: string | null = `${this.origin}/api/auth/sign-in?to=/`;
    for (let hops = 0; next && hops < 10; hops++) {
      const { host }: URL = new URL(next);
      const response: Response = await fetch(next, {
        headers: { cookie: cookiesOf(host) },
        redirect: "manual",
      });
      const jar = jars.get(host) ?? new Map<string, string>();
      for (const cookie of response.headers.getSetCookie()) {
        const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
        jar.set(name, value);
      }
      jars.set(host, jar);
      const location = response.headers.get("location");
      next = location && new URL(location, next).href;
    }
    this.cookie = cookiesOf(ownHost);
  }

  /** The page at which somebody ends who is not signed in and wants to be. */
  async signInPage(): Promise<string> {
    const response = await fetch(`${this.origin}/api/auth/sign-in?to=/`);
    return response.text();
  }

  /** Calls a server action as its page would. */
  async act(name: string, path: string, request: object): Promise<Answer> {
    const startedAt = performance.now();
    const response = await fetch(`${this.origin}${path}`, {
      method: "POST",
      signal: AbortSignal.timeout(60_000),
      headers: {
        "next-action": this.idOf(name),
        cookie: this.cookie,
        "content-type": "text/plain;charset=UTF-8",
        accept: "text/x-component",
        origin: this.origin,
        "sec-fetch-site": "same-origin",
      },
      body: JSON.stringify([request]),
    }).catch(() => undefined);
    const text = (await response?.text().catch(() => "")) ?? "";
    const result = /^\w+:(\{"ok":.*\})$/m.exec(text)?.[1];
    const { error } = result ? (JSON.parse(result) as { error?: { code: string; message: string } }) : {};
    return {
      status: result ? (response?.status ?? 0) : 0,
      ...error,
      ms: Math.round(performance.now() - startedAt),
    };
  }

  private idOf(name: string): string {
    if (!this.actions) {
      const manifest = JSON.parse(
        readFileSync(join(projectRoot, ".next/server/server-reference-manifest.json"), "utf8"),
      ) as { node: Record<string, { exportedName: string }> };
      this.actions = Object.fromEntries(
        Object.entries(manifest.node).map(([id, { exportedName }]) => [exportedName, id]),
      );
    }
    return this.actions[name] ?? "";
  }
}

/** Follows a log as the page does: from its cursor on after each break. Counts lines that came twice or never. */
export class LogFollower {
  lines = 0;
  gaps = 0;
  breaks = 0;
  private cursor = "";
  private readonly left = new AbortController();

  constructor(private readonly url: string) {
    void this.follow();
  }

  leave(): void {
    this.left.abort();
  }

  private async follow(): Promise<void> {
    while (!this.left.signal.aborted) {
      await this.readOnce().catch(() => undefined);
      this.breaks++;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }

  private async readOnce(): Promise<void> {
    const headers = this.cursor ? { "last-event-id": this.cursor } : undefined;
    const response = await fetch(this.url, { headers, signal: this.left.signal });
    if (!response.ok || !response.body) return;
    let rest = "";
    const decoder = new TextDecoder();
    for await (const chunk of response.body) {
      const events = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split("\n\n");
      rest = events.pop() ?? "";
      for (const event of events) this.take(event);
    }
  }

  private take(event: string): void {
    const member = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(event)?.[1];
    if (member("event") !== "lines") return;
    const batch = JSON.parse(member("data") ?? "{}") as { firstLine: number; text: string };
    if (batch.firstLine !== this.lines) this.gaps++;
    this.lines = batch.firstLine + batch.text.split("\n").length - 1;
    this.cursor = member("id") ?? this.cursor;
  }
}
