// The states of a crisis in their order. No schema: browsers load this.
export const CRISIS_STATES = ['watching', 'declared', 'active', 'stabilising', 'stood_down', 'reviewed'] as const;
