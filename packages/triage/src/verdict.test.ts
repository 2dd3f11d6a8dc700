import { describe, expect, it } from 'vitest';
import { scoreMention } from './score.ts';
import { isShare, type Judged, judgeMention } from './verdict.ts';

const judge = (text: string, over: Partial<Judged> = {}) =>
  judgeMention({
    mention: { id: 'men_9', text, inReplyTo: null, deletedAt: null },
    score: scoreMention({ text, author: { handle: '@ana', name: 'Ana', followers: 10 } }),
    told: { storyId: 'sto_9', of: null },
    hasOpenCard: false,
    isOwnAccount: false,
    isRival: false,
    isAddressedToUs: false,
    parentStoryId: null,
    suggestedClass: 'complaint',
    ...over,
  });
const of = (text: string, over: Partial<Judged> = {}) => judge(text, over).verdict;
const under = (text: string) => of(text, { mention: { id: 'men_9', text, inReplyTo: 'p1', deletedAt: null } });

describe('verdict', () => {
  it('[TR-17] opens a card for complaints, questions, requests, thanks and everything addressed to us', () => {
    expect(of('My parcel is late')).toBe('open');
    expect(of('When do you open on Sunday?')).toBe('open');
    expect(of('please call me back')).toBe('open');
    expect(of('Thank you, lovely driver')).toBe('open');
    expect(of('@parcels hello', { isAddressedToUs: true })).toBe('open');
    expect(of('One of their vans at the station')).toBe('leave');
    expect(of('One of their vans at the station', { opensFrom: 0 })).toBe('open');
  });
  it('[TR-18] attaches to the open card of its author', () => {
    expect(of('And still nothing', { hasOpenCard: true })).toBe('attach');
    expect(of('hello', { hasOpenCard: true })).toBe('attach');
  });
  it('[TR-19] leaves mere shares of a known story, not shares of an unknown one nor copies in own words', () => {
    const told = { storyId: 'sto_1', of: 'men_1' };
    expect(of('RT @ana: My parcel is late', { told })).toBe('leave');
    expect(of('RT @ana: My parcel is late')).toBe('open');
    expect(of('My parcel is late', { told })).toBe('open');
    expect([isShare('“RT @ana: x'), isShare('So true RT @ana: x'), isShare('RTL @ana')]).toEqual([true, false, false]);
  });
  it('[TR-20] leaves what we wrote ourselves, what was deleted and what holds no words', () => {
    expect(of('My parcel is late', { isOwnAccount: true, hasOpenCard: true })).toBe('leave');
    expect(of('')).toBe('leave');
    expect(
      of('late', { mention: { id: 'm', text: 'late', inReplyTo: null, deletedAt: '2026-10-01T09:00:00.000Z' } }),
    ).toBe('leave');
  });
  it('[TR-21] flags the offer of a rival, puts it to the story it stands under and does not answer it', () => {
    const known = judge('Sorry to hear that!', { isRival: true, parentStoryId: 'sto_1' });
    expect([known.verdict, known.storyId, known.severity >= 15]).toEqual(['leave', 'sto_1', true]);
    expect(known.reasons.map((r) => r.says).join()).toContain('offer from somebody else');
    expect(under('Come over to us, your first parcel is free with our code SWIFT')).toBe('leave');
    expect(under('This happened to me with them too, late again')).toBe('open');
  });
  it('[TR-22] says why first, and its severity is still the sum of its reasons', () => {
    const v = judge('Police called, my parcel was stolen', { isRival: true });
    expect(v.reasons[0]).toEqual({ says: 'A rival is not answered; the person they wrote to is.', points: 0 });
    expect(v.severity).toBe(
      Math.min(
        100,
        v.reasons.reduce((all, r) => all + r.points, 0),
      ),
    );
    expect(judge('My parcel is late').reasons[0]?.says).toBe('It is a complaint.');
  });
});
