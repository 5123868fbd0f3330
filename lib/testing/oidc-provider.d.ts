/** As much of the package as the tests use; it brings no types of its own. */
declare module "oidc-provider" {
  import type { IncomingMessage, ServerResponse } from "node:http";

  type Context = {
    oidc: { session: { accountId: string }; client: { clientId: string }; params: { scope: string } };
  };
  export type Grant = { addOIDCScope(scope: string): void; save(): Promise<string> };
  type Adapter = { destroy(id: string): Promise<void> };

  // biome-ignore lint/style/noDefaultExport: the package has one
  export default class Provider {
    constructor(issuer: string, configuration: object);
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
    interactionFinished(request: IncomingMessage, response: ServerResponse, result: object): Promise<void>;
    Grant: {
      new (about: { accountId: string; clientId: string }): Grant;
      find(id: string): Promise<Grant | undefined>;
    };
    Client: { adapter: Adapter };
    on(event: string, listener: (context: Context, error: Error) => void): void;
  }
}

/** What it keeps outlives a provider that is made anew. */
declare module "oidc-provider/lib/adapters/memory_adapter.js" {
  export function createMemoryAdapter(): object;
}
