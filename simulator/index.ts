/** The door of the simulator's room. */
export type { Clock } from "./engine/clock";
export { type Setting, SettingError } from "./engine/setting-error";
export { type ServerOptions, startSimulator } from "./server";
export { createSimulator, DEFAULT_SPEED, type Simulator, type SimulatorOptions } from "./simulator";
