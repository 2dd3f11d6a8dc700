// The page the board is compared with: the same thousand cards from the same JSON, windowed by hand, and nothing else on it.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BoardState } from '@rejoinder/contracts/rooms';

const ROW = 92;
const PAGE = `<!doctype html><meta charset="utf-8"><title>Bare</title>
<style>body{margin:0;font:14px sans-serif}.columns{display:flex;height:100vh}.column{flex:1;overflow:auto;position:relative}
.row{position:absolute;left:4px;right:4px;height:${ROW - 8}px;border:1px solid #ccc;overflow:hidden}</style>
<div class="columns"></div>
<script>
const ROW = ${ROW};
fetch('/board.json').then((r) => r.json()).then((board) => {
  const stages = new Map();
  for (const card of Object.values(board.cards)) (stages.get(card.stage) ?? stages.set(card.stage, []).get(card.stage)).push(card);
  for (const cards of stages.values()) {
    cards.sort((a, b) => (a.clocks[0]?.dueAt ?? '') < (b.clocks[0]?.dueAt ?? '') ? -1 : 1);
    const column = document.createElement('div');
    column.className = 'column';
    const space = document.createElement('div');
    space.style.height = cards.length * ROW + 'px';
    column.append(space);
    document.querySelector('.columns').append(column);
    const draw = () => {
      const from = Math.max(0, Math.floor(column.scrollTop / ROW) - 2);
      const to = Math.min(cards.length, from + Math.ceil(column.clientHeight / ROW) + 4);
      space.replaceChildren(...cards.slice(from, to).map((card, i) => {
        const row = document.createElement('button');
        row.className = 'row';
        row.dataset.card = card.id;
        row.style.top = (from + i) * ROW + 'px';
        row.textContent = card.author.name + ' ' + card.excerpt;
        return row;
      }));
    };
    column.addEventListener('scroll', () => requestAnimationFrame(draw));
    draw();
  }
});
</script>`;

/** Serves the page and the board; answers its address and how to stop. */
export async function serveBareBoard(board: BoardState): Promise<{ origin: string; close: () => void }> {
  const json = JSON.stringify(board);
  const server = createServer((request, response) => {
    const isData = request.url === '/board.json';
    response.setHeader('content-type', isData ? 'application/json' : 'text/html; charset=utf-8');
    response.end(isData ? json : PAGE);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
