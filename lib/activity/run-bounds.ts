/** How far a calendar looks ahead, and how many runs it has: a schedule of every five minutes would bury the others. */
export const RUN_DAYS = 30;
export const RUNS_A_PIPELINE = 60;
export const RUNS_IN_ALL = 2_000;
