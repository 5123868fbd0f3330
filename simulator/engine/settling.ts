/** Work that could not be done for one resource when its time came. */
export interface SettleFailure {
  service: string;
  account: string;
  region: string;
  /** The resource's ARN or id; absent when the service failed as a whole. */
  resource?: string;
  message: string;
  /** Epoch milliseconds of the first failure in a row. */
  since: number;
}

/** Does one resource's work. What it throws is that resource's failure and nobody else's. */
export type ForResource = (resource: string, work: () => void) => void;

const LONGEST_MESSAGE = 500;

type Place = Pick<SettleFailure, "service" | "account" | "region">;

/** Which resources are failing now. One that succeeds again or is gone is forgotten. */
export function settleFailures(onNew: (failure: SettleFailure) => void) {
  const failures = new Map<string, SettleFailure>();
  const keyOf = ({ service, account, region }: Place, resource?: string) =>
    JSON.stringify([service, account, region, resource ?? null]);

  function attempt(place: Place, resource: string | undefined, now: number, work: () => void): boolean {
    const key = keyOf(place, resource);
    try {
      work();
      failures.delete(key);
      return true;
    } catch (error) {
      if (failures.has(key)) return false;
      const text = error instanceof Error ? error.message : String(error);
      const message = text.slice(0, LONGEST_MESSAGE);
      const failure = { ...place, ...(resource !== undefined && { resource }), message, since: now };
      failures.set(key, failure);
      onNew(failure);
      return false;
    }
  }

  return {
    list: (): SettleFailure[] => [...failures.values()],
    /** One pass over a service's store: its resources' work goes through what `work` is given. */
    pass(place: Place, now: number, work: (forResource: ForResource) => void): void {
      const failed = new Set<string>();
      const isDone = attempt(place, undefined, now, () =>
        work((resource, own) => {
          if (!attempt(place, resource, now, own)) failed.add(keyOf(place, resource));
        }),
      );
      if (!isDone || failures.size === failed.size) return;
      const prefix = JSON.stringify([place.service, place.account, place.region]).slice(0, -1);
      for (const key of failures.keys()) if (key.startsWith(prefix) && !failed.has(key)) failures.delete(key);
    },
  };
}
