type Arguments = { input: object; request?: unknown };
type Result = { output: object; response?: unknown };
type Middleware = (
  next: (args: Arguments) => Promise<Result>,
  context: { commandName?: string },
) => (args: Arguments) => Promise<Result>;

/** What we need of an SDK client's middleware stack. Its own types vary with the step, and clients share none. */
export type MiddlewareClient = {
  middlewareStack: {
    add(
      middleware: Middleware,
      options: { step: "initialize" | "serialize"; priority: "high" | "low"; name: string },
    ): void;
    addRelativeTo(
      middleware: Middleware,
      options: { relation: "before" | "after"; toMiddleware: string; name: string },
    ): void;
  };
};
