/** From the ground up: each floor the names of its rooms. */
export const FLOORS: string[][];
