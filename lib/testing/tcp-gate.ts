import { connect, createServer, type Server, type Socket } from "node:net";

/** A way to another server, such as the database, that can be cut, or fall silent without a word. */
export class TcpGate {
  private readonly sockets = new Set<Socket>();
  private newcomers: "are let through" | "are refused" | "are left waiting" = "are let through";
  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async open(targetPort: number): Promise<TcpGate> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const gate = new TcpGate(server, typeof address === "object" && address ? address.port : 0);
    server.on("connection", (near) => gate.admit(near, targetPort));
    return gate;
  }

  /** Ends all connections and refuses new ones. */
  cut(): void {
    this.newcomers = "are refused";
    for (const socket of this.sockets) socket.destroy();
  }

  /**
   * Connections stay open and carry nothing any more, as behind a failed network or a lost node; they stay so for
   * ever. New ones are let through, or accepted and left waiting.
   */
  fallSilent(newcomers: "are let through" | "are left waiting"): void {
    this.newcomers = newcomers;
    for (const socket of this.sockets) socket.unpipe().pause();
  }

  mend(): void {
    this.newcomers = "are let through";
  }

  close(): void {
    this.cut();
    this.server.close();
  }

  private admit(near: Socket, targetPort: number): void {
    if (this.newcomers === "are refused") {
      near.destroy();
      return;
    }
    this.sockets.add(near);
    near.on("error", () => undefined);
    near.on("close", () => this.sockets.delete(near));
    if (this.newcomers === "are left waiting") return;
    const far = connect(targetPort, "127.0.0.1");
    this.sockets.add(far);
    near.pipe(far);
    far.pipe(near);
    far.on("error", () => near.destroy());
    far.on("close", () => {
      near.destroy();
      this.sockets.delete(far);
    });
    near.on("close", () => far.destroy());
  }
}
