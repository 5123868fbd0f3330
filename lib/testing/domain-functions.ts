import { join } from "node:path";
import ts from "typescript";
import type { UseCaseFunction } from "@/lib/use-case/use-case";
import { FLOORS } from "./floors.cjs";
import { listFiles, projectRoot, readText } from "./project-files";

const from = FLOORS.findIndex((rooms) => rooms.includes("use-case")) + 1;
/** The rooms of `lib` whose functions people reach through pages, routes and actions. */
export const ROOMS: readonly string[] = FLOORS.slice(
  from,
  FLOORS.findIndex((rooms) => rooms.includes("http")),
).flat();

/** An exported function and where it is written. */
type DomainFunction = { file: string; name: string };
export type LoadedUseCase = DomainFunction & { run: UseCaseFunction<unknown, unknown> };

const domainFiles = () =>
  ROOMS.flatMap((room) => listFiles(`lib/${room}`)).filter((path) => /(?<!\.test)\.ts$/.test(path));

/** Every use case of the domain, found by loading all of its modules. */
export async function loadUseCases(): Promise<LoadedUseCase[]> {
  const found = await Promise.all(
    domainFiles().map(async (file) => {
      const exported = (await import(join(projectRoot, file))) as Record<string, unknown>;
      return Object.entries(exported).flatMap(([name, value]) =>
        isUseCase(value) ? [{ file, name, run: value }] : [],
      );
    }),
  );
  return found.flat();
}

const isUseCase = (value: unknown): value is LoadedUseCase["run"] =>
  typeof value === "function" && "action" in value && "schema" in value;

/**
 * Exported functions of the domain that are given a context, as the types of their parameters or the names in them
 * say; types that hold a context are followed by name. What `useCase` makes has no parameters of its own here.
 */
export function functionsWithContext(): (DomainFunction & { isCalledLikeUseCase: boolean })[] {
  const sources = domainFiles().map(parse);
  const contextTypes = new Set(["UseCaseContext"]);
  const namesContext = (node: ts.Node): boolean =>
    (ts.isIdentifier(node) && (contextTypes.has(node.text) || node.text === "ctx")) ||
    ts.forEachChild(node, namesContext) === true;
  const types = sources
    .flatMap(({ statements }) => [...statements])
    .filter((node) => ts.isTypeAliasDeclaration(node) || ts.isInterfaceDeclaration(node));
  for (let known = -1; known < contextTypes.size; ) {
    known = contextTypes.size;
    for (const node of types) if (namesContext(node)) contextTypes.add(node.name.text);
  }
  return sources.flatMap((source) =>
    exportedFunctions(source).flatMap(({ name, parameters: [first, ...others] }) => {
      if (!first || ![first, ...others].some(namesContext)) return [];
      const holdsContext = (node: ts.Node): boolean =>
        ((ts.isBindingElement(node) || ts.isPropertySignature(node)) &&
          node.name.getText(source) === "ctx") ||
        ts.forEachChild(node, holdsContext) === true;
      const isCalledLikeUseCase = others.length === 0 && holdsContext(first);
      return [{ file: source.fileName, name, isCalledLikeUseCase }];
    }),
  );
}

type Parameters = readonly ts.ParameterDeclaration[];

/** Functions that a file exports where it declares them, as declarations or as constants. */
function exportedFunctions(source: ts.SourceFile): { name: string; parameters: Parameters }[] {
  return source.statements.flatMap((statement) => {
    if (!isExported(statement)) return [];
    if (ts.isFunctionDeclaration(statement) && statement.name)
      return [{ name: statement.name.text, parameters: statement.parameters }];
    if (!ts.isVariableStatement(statement)) return [];
    return statement.declarationList.declarations.flatMap(({ name, initializer }) =>
      ts.isIdentifier(name) &&
      initializer &&
      (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer))
        ? [{ name: name.text, parameters: initializer.parameters }]
        : [],
    );
  });
}

const isExported = (statement: ts.Statement) =>
  ts.canHaveModifiers(statement) &&
  ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;

const parse = (path: string) => ts.createSourceFile(path, readText(path), ts.ScriptTarget.Latest, true);

/** A value that a page, route or action takes from the domain, and the exported functions that name it. */
export type DoorImport = DomainFunction & { door: string; usedBy: string[] };

/** What stands between a request and the domain. */
export function doorImports(): DoorImport[] {
  const doors = ["app", "lib/actions", "lib/api", "lib/http"]
    .flatMap((folder) => listFiles(folder))
    .filter((path) => /(?<!\.test)\.tsx?$/.test(path));
  return doors.flatMap((door) => {
    const source = parse(door);
    return source.statements.flatMap((statement) => {
      if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) return [];
      const room = /^@\/lib\/([^/]+)\//.exec(statement.moduleSpecifier.text)?.[1];
      const bindings = statement.importClause?.namedBindings;
      if (!room || !ROOMS.includes(room) || !bindings || statement.importClause?.isTypeOnly) return [];
      if (!ts.isNamedImports(bindings)) throw new Error(`${door} imports ${room} as a whole.`);
      const file = `${statement.moduleSpecifier.text.replace("@/", "")}.ts`;
      return bindings.elements
        .filter(({ isTypeOnly }) => !isTypeOnly)
        .map(({ name, propertyName }) => ({
          door,
          file,
          name: (propertyName ?? name).text,
          usedBy: functionsNaming(source, name.text),
        }));
    });
  });
}

function functionsNaming(source: ts.SourceFile, name: string): string[] {
  const holds = (node: ts.Node): boolean =>
    (ts.isIdentifier(node) && node.text === name) || ts.forEachChild(node, holds) === true;
  return source.statements.flatMap((statement) =>
    ts.isFunctionDeclaration(statement) && statement.name && holds(statement) ? [statement.name.text] : [],
  );
}

/** Exported functions of the files marked "use server". */
export function serverActionNames(): string[] {
  return listFiles("lib/actions")
    .map(parse)
    .filter(({ statements: [first] }) => first && /^["']use server["']/.test(first.getText()))
    .flatMap((source) => exportedFunctions(source).map(({ name }) => name));
}
