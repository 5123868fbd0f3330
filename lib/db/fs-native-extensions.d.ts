declare module "fs-native-extensions" {
  /** Locks an open file exclusively until it is closed; false when another open file holds it. */
  export function tryLock(fd: number): boolean;
}
