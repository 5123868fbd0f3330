/** The process runs and answers; whether it can work is the question of /api/ready. */
export const GET = () => Response.json({ status: "ok" });
