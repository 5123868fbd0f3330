import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { type Action, PERMISSIONS } from "@/lib/auth/permissions";
import { ROOMS } from "./domain-functions";
import { listFiles, projectRoot, readText } from "./project-files";

/** Everything of the console that a request can reach, read from the sources: a new one is there at once. */
export type AccessPoint = {
  /** Path of a file, or name of an action. */
  name: string;
  /** The use case behind it; absent where there is none. */
  permission?: Action;
};

const IMPORT = /^import \{([^}]+)\} from "@\/lib\/([^"]+)";/gm;
const NEIGHBOUR = /from "\.\/([a-z-]+)"/g;

/** Names that a file imports from use cases, with their permission. */
function useCasesIn(text: string): Map<string, Action> {
  const found = new Map<string, Action>();
  for (const [, names = "", path = ""] of text.matchAll(IMPORT)) {
    const permission = permissionBehind(`lib/${path}.ts`);
    for (const name of names.split(",")) if (permission) found.set(name.trim(), permission);
  }
  return found;
}

const isAction = (name: string): name is Action => Object.hasOwn(PERMISSIONS, name);

/** The permission of a use case's file, or of the use case beside it that it hands out in another form. */
function permissionBehind(file: string): Action | undefined {
  const own = basename(file, ".ts");
  if (isAction(own)) return own;
  if (!ROOMS.some((room) => file.startsWith(`lib/${room}/`)) || !existsSync(join(projectRoot, file)))
    return undefined;
  const neighbours = [...readText(file).matchAll(NEIGHBOUR)].map(([, name = ""]) => name);
  return neighbours.find(isAction);
}

/** Server actions: exported functions of files marked "use server". */
export function listServerActions(): (AccessPoint & { file: string })[] {
  const files = listFiles().filter((path) => /^lib\/actions\/.*-actions\.ts$/.test(path));
  return files.flatMap((file) => {
    const text = readText(file);
    const useCases = useCasesIn(text);
    const [, ...functions] = text.split(/^export async function /m);
    return functions.map((body) => ({
      file,
      name: /^\w+/.exec(body)?.[0] ?? "",
      permission: [...useCases].find(([useCase]) => body.includes(`${useCase}(`))?.[1],
    }));
  });
}

/** Pages and GET routes by the path of their file. */
export function listAddresses(): (AccessPoint & { kind: "page" | "route" })[] {
  return listFiles()
    .filter((path) => /^app\/(.*\/)?(page\.tsx|route\.ts)$/.test(path))
    .map((name) => ({
      name,
      kind: name.endsWith("route.ts") ? "route" : "page",
      permission: [...useCasesIn(readText(name)).values()][0],
    }));
}
