/**
 * zod finds out whether it may compile its schemas by trying to. The page's policy forbids that, as it should, and would
 * report each try. Imported before anything that has a schema: https://zod.dev/api#config
 */
const place = globalThis as { __zod_globalConfig?: { jitless?: boolean } };
place.__zod_globalConfig ??= {};
place.__zod_globalConfig.jitless = true;

export {};
