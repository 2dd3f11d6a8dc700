// Answers the page asked for before the app was here (app.html): each handed over once, only while fresh, and only a yes.

/** An answer and when it was asked for and heard, by the viewer's clock. */
export type Early = { reply: Response; content: unknown; sentAt: number; heardAt: number };

const FRESH_FOR = 10_000;

export async function takeEarly(url: string): Promise<Early | null> {
  const answers = (globalThis as { early?: Map<string, Promise<Early | null>> }).early;
  const answer = answers?.get(url);
  if (answer === undefined) return null;
  answers?.delete(url);
  const early = await answer;
  return early?.reply.ok && Date.now() - early.sentAt < FRESH_FOR ? early : null;
}

/** Whether a room's board was asked for by the page itself and nobody has taken the answer yet. */
export const boardIsComing = (roomId: string): boolean =>
  (globalThis as { early?: Map<string, unknown> }).early?.has(`/api/rooms/${roomId}/board`) ?? false;
