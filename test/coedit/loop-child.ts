// A process of its own with the draft loop in it, for the test that kills it: `node loop-child.ts DATABASE_URL ROOM DRAFT`.
import { loopWorld } from './loop-world.ts';
import { tableStore } from './table-store.ts';

const [url = '', roomId = '', draftId = ''] = process.argv.slice(2);
const store = tableStore(url);
const key = { roomId, draftId, generation: 1 };
const world = await loopWorld(store, key);
console.log(world.base);
