// Every sentence and label of the interface outside board and card, in one catalogue. Another language needs no code.

export const words = {
  live: {
    loading: 'Loading the room.',
    live: 'Live.',
    'catching-up': 'Catching up with what happened meanwhile. Actions come back in a moment.',
    offline: 'The connection is lost. Actions are off until it is back; what you type is kept.',
    stale: 'What you see may be out of date. Actions are off until the connection is back; what you type is kept.',
  },
} as const;
