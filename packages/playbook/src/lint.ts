// What is wrong with a plan that can be read: findings with clause and repair. A finding of strength block refuses activation.
import type { Condition, Playbook, Stage, Strength } from '@rejoinder/contracts/playbooks';
import { atLevel, may, rolesThatMay, sayRoles, stageOf } from './levels.ts';
import { nextStages, reachable } from './ways.ts';

/** One finding: its rule number, the clause it is about, what is wrong, and what would mend it. */
export type LintFinding = { rule: string; clause: string; says: string; wants: string; strength: Strength };

/** Every finding, in the plan's order. A plan may be adopted when none is of strength `block`. */
export function lintPlaybook(playbook: Playbook): LintFinding[] {
  return [
    ...unreachableStages(playbook),
    ...stagesWithoutExit(playbook),
    ...stagesNobodyMoves(playbook),
    ...impossibleDoors(playbook),
    ...signersWithoutAbility(playbook),
    ...soleSigner(playbook),
    ...stageTimes(playbook),
    ...lifetimes(playbook),
    ...walls(playbook),
    ...missingHands(playbook),
    ...fieldsNobodyHas(playbook),
  ];
}

/** LI-1 */
function unreachableStages(playbook: Playbook): LintFinding[] {
  const reached = reachable(playbook);
  return playbook.stages
    .filter((stage) => !reached.has(stage.id))
    .map((stage) =>
      finding(
        'LI-1',
        stage.clause,
        `No way forward leads to ${stage.title}.`,
        `\`${stage.id}\` under \`next\` of an earlier stage`,
      ),
    );
}

/** LI-2: from every stage a way leads to a final one. */
function stagesWithoutExit(playbook: Playbook): LintFinding[] {
  const open = new Set(playbook.stages.filter((stage) => stage.final));
  for (let grown = true; grown; ) {
    grown = false;
    for (const stage of playbook.stages) {
      if (open.has(stage) || !nextStages(playbook, stage).some((next) => open.has(next))) continue;
      open.add(stage);
      grown = true;
    }
  }
  return playbook.stages
    .filter((stage) => !open.has(stage))
    .map((stage) =>
      finding(
        'LI-2',
        stage.clause,
        `From ${stage.title} no way leads to a last stage.`,
        '`next` with a stage that leads on to one with `final: true`',
      ),
    );
}

/** LI-3 */
function stagesNobodyMoves(playbook: Playbook): LintFinding[] {
  return playbook.stages
    .filter((stage) => !may(playbook, stage.workedBy, 'move'))
    .map((stage) =>
      finding(
        'LI-3',
        stage.clause,
        `Nobody who works ${stage.title} may move cards.`,
        `one of ${rolesThatMay(playbook, 'move').join(', ')} under \`worked_by\``,
      ),
    );
}

/** LI-4: guards that can never hold: a level the plan does not have, a text that cannot be written before it is needed. */
function impossibleDoors(playbook: Playbook): LintFinding[] {
  const top = playbook.levels.length;
  const out: LintFinding[] = [];
  playbook.stages.forEach((stage, at) => {
    for (const guard of [...stage.enter, ...stage.leave]) {
      if (guard.guard === 'level_at_least' && guard.level > top) {
        out.push(finding('LI-4', guard.clause, `The plan has no level ${guard.level}.`, `a level up to ${top}`));
      }
      const isWritten = playbook.stages
        .slice(0, at + 1)
        .some((each) => each.text === 'editable' || each.text === 'edits-void-sign-offs');
      if (uses(guard, 'draft_not_empty') && guard.strength === 'block' && !isWritten) {
        out.push(
          finding(
            'LI-4',
            guard.clause,
            `A reply is asked for, and no stage up to ${stage.title} lets anybody write one.`,
            '`text: editable` in an earlier stage',
          ),
        );
      }
    }
    for (const id of stage.leave.flatMap((guard) => guard.to ?? [])) {
      const isNext = nextStages(playbook, stage).some((next) => next.id === id);
      if (!isNext)
        out.push(
          finding(
            'LI-4',
            stage.clause,
            `A rule for going on to ${stageOf(playbook, id)?.title ?? id} can never apply: it is not next after ${stage.title}.`,
            `\`${id}\` under \`next\`, or another stage under \`to\``,
            'warn',
          ),
        );
    }
  });
  return out;
}

/** LI-5 */
function signersWithoutAbility(playbook: Playbook): LintFinding[] {
  const out: LintFinding[] = [];
  for (const signOff of playbook.signOffs) {
    const needed = new Set(
      Object.values(signOff.agree).flatMap((agreement) => [...agreement.roles, ...agreement.ifLiability]),
    );
    for (const role of needed) {
      if (may(playbook, [role], 'sign')) continue;
      out.push(
        finding(
          'LI-5',
          signOff.clause,
          `${sayRoles(playbook, [role])} is asked to sign and may not.`,
          `\`sign\` under \`may\` of ${role}`,
        ),
      );
    }
  }
  return out;
}

/** LI-6: where author and only signer may not be one person, a door has to check it, and another signer has to exist. */
function soleSigner(playbook: Playbook): LintFinding[] {
  const guarded = playbook.stages.some((stage) =>
    [...stage.enter, ...stage.leave].some(
      (guard) => uses(guard, 'signer_not_sole_author') && guard.strength === 'block',
    ),
  );
  const [pair] = playbook.notOnePerson;
  const signed = playbook.stages.some((stage) =>
    [...stage.enter, ...stage.leave].some((guard) => uses(guard, 'sign_offs_valid')),
  );
  if (!signed)
    return [
      finding(
        'LI-6',
        playbook.signOffs[0]?.clause ?? '',
        'No stage asks for a signature.',
        '`sign_offs_valid: …` at the door of the stage that publishes',
      ),
    ];
  if (guarded) return [];
  const says = pair
    ? 'The plan says that author and only signer may not be one person, and no door checks it.'
    : 'Nothing stops the only author from being the only signer.';
  return [
    finding(
      'LI-6',
      playbook.signOffs[0]?.clause ?? '',
      says,
      '`signer_not_sole_author` at the door of the stage that publishes',
    ),
  ];
}

/** LI-7: the stages' time on the shortest way to a public reply fits into its clock. */
function stageTimes(playbook: Playbook): LintFinding[] {
  const clock = playbook.clocks.find((each) => each.stops === 'public_reply_published');
  if (!clock)
    return [
      finding(
        'LI-7',
        '',
        'No clock runs for the first public reply.',
        'a block `clock public-reply` that stops on `public_reply_published`',
      ),
    ];
  const running = playbook.stages.filter((stage) => stage.clocks.includes(clock.id) && !isWaiting(playbook, stage));
  if (running.length === 0)
    return [
      finding(
        'LI-7',
        clock.clause,
        `The clock ${clock.name} runs in no stage.`,
        `\`clocks: [${clock.id}]\` in the stages before the reply`,
      ),
    ];
  return playbook.levels.flatMap(({ level }) => {
    const sum = running.reduce((all, stage) => all + (stage.timeLimit ? (atLevel(stage.timeLimit, level) ?? 0) : 0), 0);
    const target = atLevel(clock.target, level) ?? 0;
    if (sum <= target) return [];
    const says = `At level ${level} the stages may take ${Math.round(sum / 60)} minutes together; the clock allows ${Math.round(target / 60)}.`;
    return [finding('LI-7', clock.clause, says, 'shorter time limits, or a longer target', 'warn')];
  });
}

/** A stage in which the answer is put off on purpose is not on the way to it. */
function isWaiting(playbook: Playbook, stage: Stage): boolean {
  return stage.text === 'none' && nextStages(playbook, stage).some((next) => next.final);
}

/** LI-8 */
function lifetimes(playbook: Playbook): LintFinding[] {
  const publishing = playbook.stages.find((stage) => stage.enter.some((guard) => uses(guard, 'sign_offs_valid')));
  if (!publishing?.timeLimit) return [];
  const limit = publishing.timeLimit;
  return playbook.signOffs.flatMap((signOff) =>
    playbook.levels
      .filter(({ level }) => (atLevel(signOff.lifetime, level) ?? 0) < (atLevel(limit, level) ?? 0))
      .map(({ level }) =>
        finding(
          'LI-8',
          signOff.clause,
          `At level ${level} a signature runs out before ${publishing.title} has to be done.`,
          'a longer `lifetime`',
        ),
      ),
  );
}

/** LI-9 */
function walls(playbook: Playbook): LintFinding[] {
  return playbook.stages
    .filter((stage) => stage.onWall && stage.enter.some((guard) => uses(guard, 'private_reason_given')))
    .map((stage) =>
      finding('LI-9', stage.clause, `${stage.title} is private and the wall shows it.`, '`on_wall: false`'),
    );
}

/** LI-10: somebody can assess, own, write, publish and settle. */
function missingHands(playbook: Playbook): LintFinding[] {
  const needed = [
    'view',
    'triage',
    'own',
    'draft',
    'move',
    'sign',
    'publish',
    'settle',
    'raise_level',
    'manage_people',
  ] as const;
  return needed
    .filter((ability) => rolesThatMay(playbook, ability).length === 0)
    .map((ability) =>
      finding(
        'LI-10',
        playbook.roles[0]?.clause ?? '',
        `No role may \`${ability}\`.`,
        `\`${ability}\` under \`may\` of one role`,
      ),
    );
}

/** LI-11 */
function fieldsNobodyHas(playbook: Playbook): LintFinding[] {
  if (playbook.triage.classes.length > 0) return [];
  return [finding('LI-11', '', 'The plan tells no classes apart.', '`classes` in the block `triage`')];
}

function uses(condition: Condition, name: Condition['guard']): boolean {
  if (condition.guard === name) return true;
  if (condition.guard === 'all') return condition.of.some((each) => uses(each, name));
  return false;
}

function finding(rule: string, clause: string, says: string, wants: string, strength: Strength = 'block'): LintFinding {
  return { rule, clause, says, wants, strength };
}
