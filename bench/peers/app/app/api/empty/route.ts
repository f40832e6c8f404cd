/** The cheapest route that still reads its body: what Next itself costs. */
export async function POST(request: Request): Promise<Response> {
  const body: unknown = await request.json();
  return Response.json({ id: 'empty', type: typeof body }, { status: 202 });
}

/** Says that the server is up. */
export function GET(): Response {
  return Response.json({ status: 'ok' });
}
