// Hands the live room from the room's frame to its pages.
import { createContext } from 'svelte';
import type { LiveRoom } from './live.svelte.ts';

const [get, set] = createContext<LiveRoom>();

/** `const room = roomContext.get()` in any component below a room; the frame is made anew for another room. */
export const roomContext = { get, set };
