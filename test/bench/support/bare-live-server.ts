// What moves and fan-out are compared with: the least honest server. socket.io with our options, and an insert into a plain table.
import { createServer } from 'node:http';
import pg from 'pg';
import { Server } from 'socket.io';

const http = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (text: string) => {
    body += text;
  });
  request.on('end', () => {
    work(JSON.parse(body) as Move).then(
      () => response.end('{"ok":true}'),
      (error: Error) => {
        response.statusCode = 500;
        response.end(error.message);
      },
    );
  });
});
const io = new Server(http, {
  path: '/live',
  transports: ['websocket'],
  serveClient: false,
  perMessageDeflate: false,
  maxHttpBufferSize: 64 * 1024,
});
io.on('connection', (socket) => {
  socket.on('watch', (_asked, reply) => {
    void socket.join('room');
    reply({ kind: 'none', seq: 0 });
  });
});

type Move = { cardId: string; from: string; to: string };
const pool = new pg.Pool({ connectionString: process.env.PLAIN_URL ?? '', max: 12 });
let seq = 0;

/** Insert and emit: no rules, no log, no order. */
async function work(move: Move): Promise<void> {
  await pool.query({
    name: 'move',
    text: 'insert into moves (card_id, from_stage, to_stage, at) values ($1, $2, $3, now())',
    values: [move.cardId, move.from, move.to],
  });
  seq += 1;
  io.to('room').emit('events', {
    roomId: 'room',
    from: seq,
    to: seq,
    events: [{ seq, type: 'card.moved', data: move }],
  });
}

/** Batches recorded from our server, sent again as they were. */
const batches: unknown[] = [];
process.on('message', (message: { load?: unknown[]; send?: number }) => {
  if (message.load) batches.push(...message.load);
  if (message.send !== undefined) io.to('room').emit('events', batches[message.send]);
});

http.listen(0, '127.0.0.1', () => {
  const address = http.address();
  console.log(`ready ${typeof address === 'object' && address ? address.port : 0}`);
});
