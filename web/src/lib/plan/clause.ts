// Where a clause of the plan is shown.

/** The anchor of a clause on the playbook page. */
export const anchorOf = (clause: string): string => clause.replaceAll(' ', '_');

/** The address of a clause, for refusals and findings that quote it. */
export const clauseHref = (roomId: string, clause: string): string =>
  `/rooms/${roomId}/playbook#${encodeURIComponent(anchorOf(clause))}`;
