// A whole house that types at a steady rate, and how soon each edit is seen by everybody else in its draft.
import type { LightTypist } from './light-typist.ts';

const PROSE =
  'Thank you for telling us. Your parcel went to the wrong depot on Tuesday, which is ours to put right and not yours. We have asked the depot to send it on today. ';

/** Everybody types for a while. Answers ms from edit to each peer. */
export async function typeFor(
  drafts: { typists: LightTypist[] }[],
  ms: number,
  editsPerSecond: number,
): Promise<number[]> {
  const samples: number[] = [];
  for (const { typists } of drafts) {
    const byClient = new Map(typists.map((each) => [each.doc.clientID, each]));
    for (const typist of typists) {
      typist.sentAt.clear();
      typist.onSeen = (client, clock, at) => {
        const sent = byClient.get(client)?.sentAt.get(clock);
        if (sent !== undefined) samples.push(at - sent);
      };
    }
  }
  const all = drafts.flatMap((draft) => draft.typists);
  const end = performance.now() + ms;
  const every = 1000 / editsPerSecond;
  await Promise.all(
    all.map(async (typist, i) => {
      await new Promise((resolve) => setTimeout(resolve, (every * i) / all.length));
      for (let n = 0; performance.now() < end; n++) {
        if (!typist.open()) return;
        typist.type(PROSE.charAt((i * 31 + n) % PROSE.length));
        await new Promise((resolve) => setTimeout(resolve, every * (0.7 + 0.6 * ((i * 7 + n * 13) % 10) * 0.1)));
      }
    }),
  );
  return samples;
}
