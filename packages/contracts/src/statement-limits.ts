// How long the words of a statement and of one of its slots may be. No schema: browsers load this.
export const STATEMENT_LIMITS = { slot: 200, text: 5_000 } as const;
