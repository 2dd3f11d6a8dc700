// Which events are decisive enough for the crisis log, by what they are about. No schema: browsers load this.
export const LOG_PARTS = {
  decisions: [
    'room.opened',
    'room.levelChanged',
    'room.levelAsked',
    'playbook.adopted',
    'crisis.declared',
    'crisis.stepped',
    'crisis.freezeConfirmed',
    'crisis.frozen',
    'crisis.released',
    'crisis.retrospectiveSet',
    'crisis.baselineSet',
    'break-glass.asked',
    'break-glass.used',
    'break-glass.reviewed',
    'statement.glassAsked',
    'statement.glassBroken',
    'statement.glassReviewed',
  ],
  words: [
    'crisis.updatePosted',
    'statement.prepared',
    'statement.signed',
    'statement.queued',
    'statement.posted',
    'statement.rejected',
    'statement.unknown',
    'statement.cancelled',
    'statement.settled',
  ],
  late: ['clock.breached', 'crisis.promiseWarned', 'crisis.promiseMissed'],
  notes: ['crisis.noted'],
} as const;

export type LogPart = keyof typeof LOG_PARTS;
