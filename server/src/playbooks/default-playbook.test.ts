import { readFileSync } from 'node:fs';
import { Playbook } from '@rejoinder/contracts/playbooks';
import { lintPlaybook } from '@rejoinder/playbook/lint';
import { readPlaybook } from '@rejoinder/playbook/read';
import { findings } from '@rejoinder/voice/voice';
import { Value } from 'typebox/value';
import { describe, expect, it } from 'vitest';

const read = readPlaybook(readFileSync(new URL('../../playbooks/default.md', import.meta.url), 'utf8'));

describe('the plan that ships', () => {
  if ('faults' in read) throw new Error(JSON.stringify(read.faults));
  const { playbook } = read;
  const blocked = (text: string, cardClass = 'complaint') =>
    findings(playbook.voice, text, 'bluesky', { cardClass })
      .filter((finding) => finding.strength === 'block')
      .map((finding) => finding.match);

  it('[PB-2] has no fault and no finding, and blocks what stories of bad nights begin with', () => {
    expect(lintPlaybook(playbook)).toEqual([]);
    const bad = [
      'Thanks, but you are the only one to report this.',
      'Thank you. You were the very first customer to tell us',
      'Thanks – no one else has complained.',
      'We are sorry if you were offended.',
      "I'm sorry if anyone felt hurt by this",
      'Sorry you feel that way',
      'Sorry! As we already explained, it is late.',
      'We apologise for any inconvenience caused.',
      'Thank you for reaching out, we value your feedback',
      'Sorry, [name]',
      'Sorry Tom, mail me at tom@example.org',
    ];
    for (const text of bad) expect(blocked(text), text).not.toEqual([]);
  });

  it('[PB-2] has the shape the contract says, also after a journey as JSON', () => {
    expect([...Value.Errors(Playbook, { ...playbook, stages: 'none' })]).not.toEqual([]);
    expect([...Value.Errors(Playbook, playbook)]).toEqual([]);
    expect(JSON.parse(JSON.stringify(playbook))).toEqual(playbook);
  });

  it('[VO-1] lets through what a person would write', () => {
    const good = [
      "Ida, that should not have happened, and I'm sorry. Your parcel is in our depot in Leeds; I have asked them to put it on the van tomorrow morning. I will write here when it is out. Maya",
      'You are right, the tracking page has been wrong since noon. We are fixing it now and I will post here by 18:00. – Jonas',
      'Thanks, Tom! I have passed it on to Ravi, he was the one on the bike. Lea',
      'Good question. We deliver there on Mondays and Thursdays. Bo',
      'I understand that you are angry: two weeks is far too long. I am sending a courier tonight. Maya',
    ];
    for (const text of good) expect(blocked(text), text).toEqual([]);
  });
});
