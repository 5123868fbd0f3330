/**
 * The types between the wire and a service, read off an SDK client package (`typeof import("@aws-sdk/client-...")`).
 * A handler nobody wrote, or an answer AWS could not give, is a compile error.
 */
type Commands<Sdk> = {
  [Key in keyof Sdk as Key extends "$Command"
    ? never
    : Key extends `${infer Name}Command`
      ? Name
      : never]: Sdk[Key];
};

export type OperationName<Sdk> = keyof Commands<Sdk> & string;

// biome-ignore lint/suspicious/noExplicitAny: inference from a class accepts nothing narrower.
type Anything = any;

type Request<Sdk, Op extends OperationName<Sdk>> = Commands<Sdk>[Op] extends new (
  ...input: infer Parameters
) => unknown
  ? Exclude<Parameters[0 & keyof Parameters], undefined>
  : never;

type Response<Sdk, Op extends OperationName<Sdk>> = Commands<Sdk>[Op] extends new (
  ...input: Anything[]
) => { resolveMiddleware(...input: Anything[]): (input: Anything) => Promise<{ output: infer Answer }> }
  ? Answer
  : never;

/** The input of an operation, as a handler gets it: parsed, and already checked against the model. */
export type Input<Sdk, Op extends OperationName<Sdk>> = Request<Sdk, Op>;

/** The answer of an operation, as a handler gives it. */
export type Output<Sdk, Op extends OperationName<Sdk>> = Omit<Response<Sdk, Op>, "$metadata">;

/** What every handler is told about the call, beside its input. */
export interface HandlerCall<Store> {
  /** The service's state in the caller's account and Region. */
  store: Store;
  /** 12 digits. */
  account: string;
  region: string;
  partition: string;
  requestId: string;
  /** Epoch milliseconds; the only clock a handler may read. */
  now: number;
  /** The caller, `arn:<partition>:iam::<account>:root`, a user or an assumed role. */
  callerArn: string;
  callerId: string;
}

/** Throws the SDK's own exceptions: `new ResourceNotFoundException({ message, $metadata: {} })`. */
type Handler<Sdk, Op extends OperationName<Sdk>, Store> = (
  call: HandlerCall<Store>,
  input: Input<Sdk, Op>,
) => Output<Sdk, Op> | Promise<Output<Sdk, Op>>;

/** Every operation of a client. A resource's file holds `satisfies Partial<Handlers<...>>`, the service's index all. */
export type Handlers<Sdk, Store> = { [Op in OperationName<Sdk>]: Handler<Sdk, Op, Store> };

/** Thrown for what is named but not simulated; the wire answers 501 with the reason. */
export class NotSimulated extends Error {
  override readonly name = "NotSimulated";
}

/**
 * Names an operation that is not simulated, with the reason: `ImportDiskImage: unsupported("needs a real disk")`.
 * @public None is today; a service that comes to the simulator may have some.
 */
export function unsupported(reason: string): () => never {
  const handler = () => {
    throw new NotSimulated(reason);
  };
  return Object.assign(handler, { unsupportedBecause: reason });
}

/**
 * An AWS error whose exception class the SDK does not export, as EC2's and those every service shares,
 * or whose schema lacks the status; without one it is the schema's, else 400.
 */
export class AwsError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status?: number,
  ) {
    super(message);
    this.name = code;
  }
}
