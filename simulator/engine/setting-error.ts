/** What a start can be given. */
export type Setting = "port" | "data" | "speed" | "seed" | "trouble";

/**
 * A setting that the simulator cannot use. The message is one line for a person and names no flag and no variable:
 * whoever starts the simulator has a name of its own for `setting`.
 */
export class SettingError extends Error {
  override readonly name = "SettingError";

  constructor(
    readonly setting: Setting,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
