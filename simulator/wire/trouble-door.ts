import { readTrouble, type TroubleBoard } from "../engine/trouble";

const PATH = "/_simulator/trouble";

/**
 * The way to change trouble while the simulator runs: GET, PUT (JSON) or DELETE `/_simulator/trouble`,
 * with `?account=` for one account. Undefined for every other request.
 */
export async function answerTrouble(request: Request, board: TroubleBoard): Promise<Response | undefined> {
  const { pathname, searchParams } = new URL(request.url);
  if (pathname !== PATH) return undefined;
  const account = searchParams.get("account") ?? undefined;
  try {
    if (request.method === "PUT") board.set(readTrouble(await request.text()), account);
    else if (request.method === "DELETE") board.set({}, account);
    else if (request.method !== "GET")
      return Response.json({ message: "GET, PUT or DELETE" }, { status: 405 });
    return Response.json(board.of(account ?? ""));
  } catch (error) {
    return Response.json(
      { message: error instanceof Error ? error.message : String(error) },
      { status: 400 },
    );
  }
}
