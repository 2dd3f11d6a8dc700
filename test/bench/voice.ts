// What the voice costs a writer: a hundred rules on a reply of 2,000 characters, beside a naive judge that looks for each rule by regular expression.
import type { Voice } from '@rejoinder/contracts/voice-rules';
import { exampleVoice } from '@rejoinder/voice/example-voice';
import { likestOf, runsOf } from '@rejoinder/voice/likeness';
import { findings } from '@rejoinder/voice/voice';
import { isTiny, median, quantile, report, round } from './support/figures.ts';
import { naiveJudge } from './support/naive-voice.ts';

const RULES = 100;
const LENGTH = 2_000;
const ROUNDS = isTiny ? 5 : 400;
const SENT = isTiny ? 5 : 1_000;
const r = report(
  'voice',
  `${RULES} rules on ${LENGTH} characters, ${ROUNDS} rounds a text; likeness to ${SENT} sent replies`,
);

const WORDS = 'only inconvenience offended regret policy feedback unfortunately valued exactly simply'.split(' ');
const patterns = Array.from({ length: RULES }, (_, i) => {
  const word = WORDS[i % WORDS.length];
  return (
    [
      `(you|we|they) (are|were|will)? ... ${word}* (one|person|word${i})`,
      `(sorry|apologi*) if (you|anyone) (feel|felt)? ${word}${i}*`,
    ][i % 2] ?? ''
  );
});
const voice: Voice = exampleVoice(patterns);
const SENTENCE =
  'I am sorry that the parcel came late and that nobody told you; we found it in Leeds, a van brings it tomorrow before noon, and you are the first to hear from me. ';
const TEXTS: Record<string, string> = {
  'a plain reply': `${SENTENCE.repeat(20).slice(0, LENGTH - 6)} Ria`,
  'letters that look like others': SENTENCE.replaceAll('o', 'о').replaceAll('a', 'а').repeat(20).slice(0, LENGTH),
  'one letter a word': 'a '.repeat(LENGTH / 2),
  'words that begin every rule': 'you are sorry if anyone felt '.repeat(80).slice(0, LENGTH),
  'hidden characters': 'you\u200b are\u00ad '.repeat(200).slice(0, LENGTH),
  'digits and marks': '4111 1111 1111 1112 @ DE89 3704 '.repeat(70).slice(0, LENGTH),
};

/** Milliseconds of one judgement, by the clock and of this thread's own processor time, which nothing else on the machine lengthens. */
type Times = { clock: number[]; own: number[] };

/** Another text each time: nothing counted for the last one is used again. */
function time(text: string, judge: (text: string, i: number) => unknown): Times {
  for (let i = 0; i < Math.min(ROUNDS, 50); i++) judge(`${text.slice(0, -2)}${i % 10}.`, i);
  const times: Times = { clock: [], own: [] };
  for (let i = 0; i < ROUNDS; i++) {
    const each = `${text.slice(0, -4)}${1000 + i}`;
    const [began, used] = [performance.now(), process.threadCpuUsage()];
    judge(each, i);
    const { user, system } = process.threadCpuUsage(used);
    times.clock.push(performance.now() - began);
    times.own.push((user + system) / 1000);
  }
  return times;
}

const naive = naiveJudge(patterns);
let slowest = { median: 0, p95: 0 };

for (const [name, text] of Object.entries(TEXTS)) {
  const ours = time(text, (each) => findings(voice, each, 'mastodon'));
  const theirs = time(text, naive);
  slowest = {
    median: Math.max(slowest.median, median(ours.clock)),
    p95: Math.max(slowest.p95, quantile(ours.own, 0.95)),
  };
  r.say(
    `${name}: median ${round(median(ours.clock))} ms, p95 ${round(quantile(ours.clock, 0.95))} ms, p95 of its own time ${round(quantile(ours.own, 0.95))} ms; naive median ${round(median(theirs.clock))} ms (ours ${round(median(ours.clock) / median(theirs.clock))} of it)`,
  );
}
const sent = Array.from({ length: SENT }, (_, i) => ({
  runs: runsOf(`${SENTENCE}${i} ${SENTENCE.split(' ').reverse().join(' ')}`),
}));
const like = time(TEXTS['a plain reply'] ?? '', (each) => likestOf(runsOf(each), sent));
r.say(
  `likeness to ${SENT} sent replies: median ${round(median(like.clock))} ms, p95 ${round(quantile(like.clock, 0.95))} ms`,
);
r.atMost(`${RULES} rules on ${LENGTH} characters, the slowest text, median`, slowest.median, 5, ' ms');
r.atMost('the same, p95 of its own time', slowest.p95, 5, ' ms');
r.end();
