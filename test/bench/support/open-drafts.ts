// The drafts a bench types in: cards from the storm, taken to Drafting by the API.
import type { BoardState } from '@rejoinder/contracts/rooms';
import { deliverAll, deliveriesOf, mentionsFor, sender } from './deliveries.ts';
import type { Ground } from './ground.ts';

/** Cards from the storm, moved to Drafting by the API as a person would, each with an empty draft. */
export async function openDrafts(g: Ground, origin: string, count: number): Promise<string[]> {
  const [lead] = g.people;
  const headers = { cookie: lead?.cookie ?? '', origin: origin, 'content-type': 'application/json' };
  const room = `${origin}/api/rooms/${g.roomId}`;
  const ask = async (method: string, path: string, body?: object): Promise<unknown> => {
    const answer = await fetch(`${room}${path}`, {
      method,
      headers: { ...headers, 'operation-id': crypto.randomUUID() },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return answer.json();
  };
  const to = sender(origin, 2);
  await deliverAll(
    to,
    `/api/hooks/${g.roomId}/${g.source.id}`,
    deliveriesOf(mentionsFor('drafts', 120), 40, g.source.secret, 'drafts'),
    1,
  );
  to.close();
  let cards: string[] = [];
  while (cards.length < count) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    cards = Object.keys(((await ask('GET', '/board')) as BoardState).cards);
  }
  const found: string[] = [];
  for (const id of cards.slice(0, count)) {
    const move = (stage: string, more = {}): Promise<unknown> =>
      ask('POST', `/cards/${id}/move`, { to: stage, via: 'panel', reason: 'Bench.', ...more });
    await move('owned', { fields: { class: 'complaint', department: 'logistics' }, take: true });
    await move('drafting');
    const { card } = (await ask('POST', `/cards/${id}/draft`, {})) as {
      card: { draft: { id: string; generation: number } };
    };
    found.push(`${card.draft.id}.${card.draft.generation}`);
  }
  return found;
}
