// Changing the pictures of a reply: upload, describe, put in another order, take out; each a whole list that fits what was seen.
import type { CardView } from '@rejoinder/contracts/cards';
import { CHANNELS } from '@rejoinder/contracts/channels';
import type { KeptPicture, PictureView } from '@rejoinder/contracts/pictures';
import { ApiProblem, ApiRefused, upload } from '../api.ts';
import type { CardPage } from '../card/card-page.svelte.ts';
import { tell } from '../tell.ts';
import { WORDS_PICTURES } from '../words-pictures.ts';

const TAKEN = ['image/jpeg', 'image/png', 'image/webp'];

export class PicturesDesk {
  readonly page: CardPage;
  uploading = $state(false);
  /** The picture whose description is being written: a new one, or one of the list. */
  writing: { picture: KeptPicture; isNew: boolean } | null = $state.raw(null);
  alt = $state('');

  constructor(page: CardPage) {
    this.page = page;
  }

  readonly items: readonly PictureView[] = $derived.by(() => this.page.card?.draft?.pictures?.items ?? []);
  readonly most = $derived.by(() => CHANNELS[this.page.account?.channel ?? 'webhook'].pictures.most);

  async take(file: File): Promise<void> {
    this.uploading = true;
    try {
      const type = TAKEN.includes(file.type) ? file.type : 'image/jpeg';
      const { picture } = await upload('keepPicture', { params: this.page.params }, file, type);
      this.begin(picture, true);
    } catch (fault) {
      if (fault instanceof ApiRefused) this.page.refused = fault.refused;
      else if (fault instanceof ApiProblem) tell.fault(fault.problem.says);
      else throw fault;
    } finally {
      this.uploading = false;
    }
  }

  begin(picture: KeptPicture, isNew: boolean): void {
    this.writing = { picture, isNew };
    this.alt = this.items.find(({ hash }) => hash === picture.hash)?.alt ?? '';
  }

  /** Puts what is written in the list: at its end where it is new. */
  async put(): Promise<void> {
    const { writing } = this;
    if (writing === null) return;
    const one = { hash: writing.picture.hash, alt: this.alt.trim() };
    const known = this.items.some(({ hash }) => hash === one.hash);
    if (!known && !writing.isNew) {
      // Somebody took it out while its description was written: it does not come back by that.
      this.writing = null;
      tell.fault(WORDS_PICTURES.gone);
      return;
    }
    const list = known ? this.items.map((item) => (item.hash === one.hash ? one : item)) : [...this.items, one];
    if (await this.#set(list, known ? undefined : WORDS_PICTURES.done.added)) this.writing = null;
  }

  async remove(hash: string): Promise<void> {
    await this.#set(
      this.items.filter((item) => item.hash !== hash),
      WORDS_PICTURES.done.removed,
    );
  }

  async move(from: number, by: -1 | 1): Promise<void> {
    const list = [...this.items];
    list.splice(from + by, 0, ...list.splice(from, 1));
    await this.#set(list);
  }

  async #set(list: readonly { hash: string; alt: string }[], done?: string): Promise<CardView | null> {
    const pictures = list.map(({ hash, alt }) => ({ hash, alt }));
    const seen = this.items.map(({ hash }) => hash);
    const { params } = this.page;
    return (await this.page.act('setPictures', { params, body: { pictures, seen } }, done))?.card ?? null;
  }
}
