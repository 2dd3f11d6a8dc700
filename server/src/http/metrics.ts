// /metrics for Prometheus: one registry an app, so that two apps in one process do not meet.
import type { FastifyInstance } from 'fastify';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { EventLog } from '../db/event-log.ts';

export type Watched = { liveSockets: () => number; draftSockets: () => number; appendP95: () => number };

export function exposeMetrics(app: FastifyInstance, events: EventLog, watched: Watched): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'rejoinder_' });
  const took = new Histogram({
    name: 'rejoinder_http_seconds',
    help: 'Time of HTTP requests by route and status.',
    labelNames: ['route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 1, 5],
    registers: [registry],
  });
  const logged = new Counter({
    name: 'rejoinder_events_total',
    help: 'Events committed to room logs by type.',
    labelNames: ['type'],
    registers: [registry],
  });
  const gauge = (name: string, help: string, read: () => number): void => {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  };
  gauge('rejoinder_live_sockets', 'Open live sockets.', watched.liveSockets);
  gauge('rejoinder_draft_sockets', 'Open draft sockets.', watched.draftSockets);
  gauge(
    'rejoinder_draft_append_p95_ms',
    'Time to commit a draft update, 95th percentile of the newest 500.',
    watched.appendP95,
  );
  events.listen((commit) => {
    for (const event of commit.events) logged.inc({ type: event.type });
  });
  app.addHook('onResponse', (request, reply, done) => {
    took.observe(
      { route: request.routeOptions.url ?? 'unknown', status: String(reply.statusCode) },
      reply.elapsedTime / 1000,
    );
    done();
  });
  app.get('/metrics', { schema: { hide: true } }, async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
}
