/** The door of the simulator's room. */
export type { Clock } from "./engine/clock";
export { type Setting, SettingError } from "./engine/setting-error";
export type { SettleFailure } from "./engine/settling";
export { type RunningSimulator, type ServerOptions, startSimulator } from "./server";
export { createSimulator, DEFAULT_SPEED, type Simulator, type SimulatorOptions } from "./simulator";
