// The state of one card's page: the live card, its conversation, and every action with what came of it.
import type { CardView, SignOffView, StandIn } from '@rejoinder/contracts/cards';
import type { Playbook, Stage } from '@rejoinder/contracts/playbooks';
import type { Refusal } from '@rejoinder/contracts/problems';
import { REPLY_SIGN_OFF, rolesAsked, signaturesMissing } from '@rejoinder/playbook/awaiting';
import { sayRoles, stageOf } from '@rejoinder/playbook/levels';
import { standInsNow } from '@rejoinder/playbook/signing-turn';
import { countingSignOffs } from '@rejoinder/signoff/decide';
import { createContext } from 'svelte';
import { attempt, type CallOf, type Problem, type ReplyOf, type RouteName } from '../api.ts';
import { Moving } from '../board/moving.svelte.ts';
import { writeInstant, writeList } from '../format.ts';
import type { LiveRoom } from '../live.svelte.ts';
import { CardFacts } from '../story/card-facts.svelte.ts';
import { tell } from '../tell.ts';

export type Detail = ReplyOf<'card'>;

const REFETCH_AFTER_MS = 150;

export class CardPage {
  readonly room: LiveRoom;
  readonly cardId: string;
  readonly moving: Moving;
  detail: Detail | null = $state.raw(null);
  problem: Problem | null = $state.raw(null);
  /** The last refusal, until the next action. */
  refused: Refusal | null = $state.raw(null);
  /** Name of the route that is being asked, or null. */
  busy: RouteName | null = $state(null);
  /** Ids of posts nobody had opened when this page came. */
  fresh: ReadonlySet<string> = $state.raw(new Set());
  /** True while the text on this page is ahead of the server. */
  textUnsaved = $state(false);

  /** Read aloud, not shown: what the page itself already shows. */
  announced = $state('');

  /** The approved facts of the card's story. */
  readonly facts: CardFacts;
  /** Puts words into the reply at the caret; null while no reply is open for writing. */
  insert: ((words: string) => void) | null = $state.raw(null);

  #timer: ReturnType<typeof setTimeout> | undefined;
  #fetched = 0;

  constructor(room: LiveRoom, cardId: string) {
    this.room = room;
    this.cardId = cardId;
    this.facts = new CardFacts(room);
    this.moving = new Moving(
      room,
      (says, aloud = false) => {
        if (aloud) tell.done(says);
        else this.announced = says;
      },
      () => void this.load(),
    );
  }

  /** The newer of what the board and what the page know. */
  readonly card: CardView | null = $derived.by(() => {
    const live = this.room.card(this.cardId);
    const own = this.detail?.card ?? null;
    if (live === null || own === null) return live ?? own;
    return live.version >= own.version ? live : own;
  });
  readonly playbook: Playbook | null = $derived.by(() => this.room.playbook);
  readonly level = $derived.by(() => this.room.board?.room.level ?? 1);
  readonly stage: Stage | null = $derived.by(() => {
    const { card, playbook } = this;
    return card && playbook ? (stageOf(playbook, card.stage) ?? null) : null;
  });
  readonly account = $derived.by(() => this.room.board?.room.accounts.find((a) => a.id === this.card?.account) ?? null);
  /** The roles this person holds that may sign. */
  readonly signRoles = $derived.by(() => {
    const held = this.room.actor?.roles ?? [];
    return (this.playbook?.roles ?? []).filter((r) => held.includes(r.id) && r.may.includes('sign'));
  });

  name(userId: string): string {
    return this.room.board?.people[userId]?.name ?? userId;
  }

  /** An instant in the room's zone. */
  writeAt(at: string): string {
    return writeInstant(at, this.room.board?.room.zone);
  }

  hue(userId: string): number {
    return this.room.board?.people[userId]?.hue ?? 0;
  }

  roleName(id: string): string {
    return this.playbook?.roles.find((role) => role.id === id)?.name ?? id;
  }

  counting(now: string): SignOffView[] {
    return this.card ? countingSignOffs(this.card.signOffs, this.card.fingerprint, now) : [];
  }

  /** Roles of which one must still sign, one entry for each missing signature. */
  missing(now: string): string[][] {
    const { card, playbook } = this;
    return card && playbook ? signaturesMissing(playbook, this.level, card, now) : [];
  }

  /** Whose turn it is to sign, and the deputies who may sign for a silent role. */
  turn(now: string): { asked: string[]; standIns: StandIn[] } {
    const { card, playbook } = this;
    if (card === null || playbook === null) return { asked: [], standIns: [] };
    return {
      asked: rolesAsked(playbook, this.level, card, now),
      standIns: standInsNow(playbook, REPLY_SIGN_OFF, card),
    };
  }

  /** The missing signatures in words: “Legal and Communications or Social lead”. */
  sayMissing(missing: readonly string[][]): string {
    const { playbook } = this;
    return playbook === null ? '' : writeList(missing.map((roles) => sayRoles(playbook, roles)));
  }

  /** Loads the conversation, and again whenever the card has a newer version. */
  async load(): Promise<void> {
    const outcome = await attempt('card', { params: this.params });
    if (!outcome.ok) {
      if (this.detail === null) this.problem = outcome.problem ?? null;
      return;
    }
    this.problem = null;
    this.#fetched = outcome.reply.card.version;
    this.detail = outcome.reply;
    this.#noteFresh(outcome.reply);
  }

  /** Call when the live card changed. */
  follow(version: number): void {
    if (version <= this.#fetched || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.load();
    }, REFETCH_AFTER_MS);
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  get params(): { roomId: string; cardId: string } {
    return { roomId: this.room.roomId, cardId: this.cardId };
  }

  /** Runs one action. Answers its reply, or null after showing why not; what was typed stays with the caller. */
  async act<N extends RouteName>(name: N, input: CallOf<N>, done?: string): Promise<ReplyOf<N> | null> {
    if (this.busy !== null) return null;
    if (this.room.notReady !== null) {
      tell.fault(this.room.notReady);
      return null;
    }
    this.busy = name;
    this.refused = null;
    const outcome = await attempt(name, input).finally(() => {
      this.busy = null;
    });
    if (outcome.ok) {
      if (done !== undefined) tell.done(done);
      void this.load();
      return outcome.reply;
    }
    if (outcome.refused) this.refused = outcome.refused;
    else tell.fault(outcome.problem.says);
    return null;
  }

  /** New posts keep their mark on this page; the server is told that a person has them open. */
  #noteFresh({ card, posts }: Detail): void {
    if (card.posts.unseen === 0) return;
    const newest = posts.toSorted((a, b) => a.receivedAt.localeCompare(b.receivedAt)).slice(-card.posts.unseen);
    this.fresh = new Set([...this.fresh, ...newest.map((post) => post.id)]);
  }
}

const [get, set] = createContext<CardPage>();

/** `const page = cardContext.get()` in any component of the card's page. */
export const cardContext = { get, set };
