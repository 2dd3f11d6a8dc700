// Puts the server together: one place where every room is wired to the others.

import rateLimit from '@fastify/rate-limit';
import type { Ability } from '@rejoinder/contracts/playbooks';
import Fastify, { type FastifyInstance } from 'fastify';
import { adoptingRoutes } from './adopting/adopting.routes.ts';
import { approvalRoutes } from './approvals/approvals.routes.ts';
import { askDeputies } from './approvals/deputies.service.ts';
import { cardRoutes } from './cards/cards.routes.ts';
import { redactDueTalks } from './cards/private-talk.service.ts';
import { type Clockwork, startClockwork } from './clockwork.ts';
import type { DraftFanOut } from './coedit/draft-fan-out.ts';
import { DraftRooms } from './coedit/draft-rooms.ts';
import { eachByItsOwn } from './coedit/draft-store.ts';
import { admitDrafts, followRooms } from './coedit/following.ts';
import { createDraftUpgrade, DRAFT_SOCKETS } from './coedit/upgrade.ts';
import { commentRoutes } from './comments/comments.routes.ts';
import type { Config } from './config.ts';
import { connectorRoutes } from './connectors/connectors.routes.ts';
import { pollDueFeeds } from './connectors/feed.service.ts';
import { createImports } from './connectors/import.service.ts';
import { createRehearsalPlayer, prepareRehearsal } from './connectors/rehearsal.ts';
import { forgetDeliveries } from './connectors/sources.repository.ts';
import { createWebhookIn } from './connectors/webhook.service.ts';
import { crisisRoutes } from './crisis/crisis.routes.ts';
import { watchCriteria } from './crisis/criteria.service.ts';
import { firePromises } from './crisis/firing.service.ts';
import { statementsOut } from './crisis/statement-subject.service.ts';
import { openDatabase } from './db/database.ts';
import { createEventLog, forgetOperations } from './db/event-log.ts';
import { newId } from './db/ids.ts';
import { checkForRestore, holdOf, keepSends } from './db/installation.ts';
import { makePartitions } from './db/migrate.ts';
import { createSealer } from './db/sealed.ts';
import type { Deps } from './deps.ts';
import { createDraftLog } from './drafts/draft-log.service.ts';
import { draftRoutes } from './drafts/drafts.routes.ts';
import { forgetUnusedPictures } from './drafts/pictures.service.ts';
import { createPlanLog } from './drafts/plan-draft.service.ts';
import { dutyRoutes } from './duty/duty.routes.ts';
import { watchAttendance } from './escalation/attendance.service.ts';
import { climbLadders } from './escalation/climbing.service.ts';
import { fireClocks } from './escalation/clocks.service.ts';
import { ladderRoutes } from './escalation/ladders.routes.ts';
import { type Flow, startFlow } from './flow.ts';
import { checkFirst } from './http/check-first.ts';
import { createEgress } from './http/egress.ts';
import { answerErrors } from './http/errors.ts';
import { createGate } from './http/gate.ts';
import { exposeMetrics } from './http/metrics.ts';
import type { Mounting } from './http/mount.ts';
import { servePages } from './http/pages.ts';
import { describeApi } from './http/reference.ts';
import { passSignIn } from './http/sign-in-pass.ts';
import { createIngest } from './ingest/coalescer.ts';
import { installationRoutes, VERSION } from './installation-routes.ts';
import { type Gateway, startLive } from './live/gateway.ts';
import { liveRoutes } from './live/live.routes.ts';
import { measuringRoutes } from './measuring/measuring.routes.ts';
import { peopleRoutes } from './people/people.routes.ts';
import { closeRevoked } from './people/revocation.ts';
import { createSessions } from './people/session.ts';
import { createSignIn } from './people/sign-in.ts';
import { rehearsalChannel, webhookChannel } from './publishing/channels.ts';
import { releaseLeftHeld } from './publishing/mending.service.ts';
import { publishingRoutes } from './publishing/publishing.routes.ts';
import { REPLIES } from './publishing/reply-subject.service.ts';
import { askAboutQueued } from './publishing/restoring.service.ts';
import { type PublishWorker, startPublishing } from './publishing/worker.ts';
import { reachRoutes } from './reaching/reaching.routes.ts';
import { type ReachWorker, startReaching } from './reaching/worker.ts';
import { roomRoutes } from './rooms/rooms.routes.ts';
import { requireAbility, roomContext } from './rooms/rooms.service.ts';
import { storyRoutes } from './sheets/sheets.routes.ts';

const DAY = 86_400_000;

export type App = {
  fastify: FastifyInstance;
  deps: Deps;
  flow: Flow;
  live: Gateway;
  drafts: DraftRooms;
  publishing: PublishWorker;
  reaching: ReachWorker;
  close: () => Promise<void>;
};
export type AppOptions = {
  config: Config;
  databaseUrl: string;
  /** Folder of the built web app. */
  pages: string;
  /** The server's clock; tests set it. */
  now?: () => string;
  /** Whether a restored or cloned database is told apart and held; tests of anything else leave it out. */
  guardRestores?: boolean;
  /** How long a publishing channel may take; tests of a hanging receiver shorten it. */
  sendMs?: number;
  /** How this process and others on the same database tell each other that a draft was written in. */
  fanOut?: DraftFanOut;
};

export async function createApp({
  config,
  databaseUrl,
  pages,
  now = () => new Date().toISOString(),
  sendMs,
  guardRestores = false,
  fanOut,
}: AppOptions): Promise<App> {
  const fastify = Fastify({
    logger: { level: config.logLevel, redact: ['req.headers.authorization', 'req.headers.cookie'] },
    trustProxy: config.trustedProxies.length > 0 ? config.trustedProxies : false,
    bodyLimit: 256 * 1024,
    requestTimeout: 120_000,
    routerOptions: { maxParamLength: 200 },
    ajv: { customOptions: { strict: false } },
  });
  const { log } = fastify;
  const { db } = openDatabase(databaseUrl, 12, (err) => log.error({ err }, 'a database connection failed'));
  const signIn = createSignIn({
    databaseUrl,
    origin: config.publicOrigin,
    secret: config.secretKey,
    onError: (err) => log.error({ err }, 'a sign-in connection failed'),
  });
  const sealer = createSealer(config.secretKey);
  const deps: Deps = {
    config,
    db,
    events: createEventLog(db, now, sealer, (err) => log.error({ err }, 'a listener of the event log failed')),
    log,
    now,
    newId: (prefix) => newId(prefix, Date.parse(now())),
    sealer,
    signIn,
  };
  const sessions = createSessions(deps);
  const gate = createGate(sessions, config.publicOrigin);
  const egress = createEgress(config.allowPrivateAddresses);
  const reaching = startReaching(deps, egress, sendMs);
  const drafts = new DraftRooms({
    store: eachByItsOwn(createDraftLog(deps), createPlanLog(deps)),
    log: (says, err) => log.error({ err }, says),
    ...(fanOut ? { fanOut } : {}),
  });

  // One way to read a body: JSON. A route that takes something else says so itself.
  fastify.removeContentTypeParser('text/plain');
  fastify.setValidatorCompiler(checkFirst);
  // Replies are checked against their schemas by the tests; serialising by schema would hide what a schema forgot.
  fastify.setSerializerCompiler(() => (data) => JSON.stringify(data));
  answerErrors(fastify);
  await fastify.register(rateLimit, { global: false });
  await servePages(fastify, pages, config.publicOrigin.startsWith('https:'));
  await describeApi(fastify, config.publicOrigin, VERSION);
  exposeMetrics(fastify, deps.events, {
    liveSockets: () => live.count(),
    draftSockets: () => drafts.metrics().connections,
    appendP95: () => drafts.metrics().appendMs.p95,
  });

  const playbookOf = async (roomId: string) => (await roomContext(db, roomId)).playbook;
  const mounting: Mounting = {
    app: fastify,
    gate,
    requireAbility: async (actor, roomId, abilities) =>
      requireAbility(await roomContext(db, roomId), actor, ...(abilities as Ability[])),
  };
  const ingest = createIngest(deps);
  const subjects = { reply: REPLIES, statement: statementsOut(deps) };
  installationRoutes(mounting, deps);
  passSignIn(fastify, signIn, gate, config.publicOrigin, () => sessions.forgetAll());
  peopleRoutes(mounting, deps, sessions, playbookOf);
  roomRoutes(mounting, deps);
  dutyRoutes(mounting, deps);
  adoptingRoutes(mounting, deps);
  crisisRoutes(mounting, deps);
  const importing = createImports(deps);
  connectorRoutes(mounting, deps, createWebhookIn(deps, ingest), importing);
  cardRoutes(mounting, deps);
  draftRoutes(mounting, deps);
  reachRoutes(mounting, deps, reaching.posts);
  commentRoutes(mounting, deps);
  approvalRoutes(mounting, deps);
  publishingRoutes(mounting, deps, subjects);
  storyRoutes(mounting, deps);
  ladderRoutes(mounting, deps);
  measuringRoutes(mounting, deps);
  liveRoutes(mounting, deps);

  const flow = startFlow(deps);
  const live = startLive(deps, fastify.server, gate);
  const following = followRooms(deps, drafts);
  routeUpgrades(fastify, createDraftUpgrade(drafts, admitDrafts(deps, gate)));
  const sent = guardRestores ? keepSends(config.dataDir) : undefined;
  if (guardRestores) await checkForRestore(db, config.dataDir, config.publicOrigin, now());
  const held = await holdOf(db);
  if (held) await askAboutQueued(deps, subjects, held);
  const channels = { webhook: webhookChannel(egress), rehearsal: rehearsalChannel };
  const publishing = startPublishing(deps, subjects, channels, sendMs, sent);
  const rehearsal = createRehearsalPlayer(deps);
  if (config.rehearsal) await prepareRehearsal(deps);
  await importing.nameInterrupted();
  await reaching.ready();
  await flow.wakeAll();
  const clockwork: Clockwork = startClockwork(deps, [
    { name: 'clocks', everyMs: 250, run: async () => void (await fireClocks(deps)) },
    { name: 'attendance', everyMs: 15_000, run: () => watchAttendance(deps, live.watchers()) },
    { name: 'ladders', everyMs: 1000, run: async () => void (await climbLadders(deps)) },
    { name: 'promises', everyMs: 1000, run: async () => void (await firePromises(deps)) },
    { name: 'criteria', everyMs: 10_000, run: () => watchCriteria(deps) },
    { name: 'deputies', everyMs: 1000, run: async () => void (await askDeputies(deps)) },
    { name: 'redaction', everyMs: 1000, run: async () => void (await redactDueTalks(deps)) },
    { name: 'publishing', everyMs: 500, run: async () => publishing.wake() },
    { name: 'held replies', everyMs: 5000, run: () => releaseLeftHeld(deps, subjects) },
    ...reaching.ticks,
    { name: 'feeds', everyMs: 1000, run: () => pollDueFeeds(deps, egress) },
    { name: 'revocation', everyMs: 1000, run: () => sweep(deps, live, drafts) },
    { name: 'open drafts', everyMs: 1000, run: () => following.look() },
    { name: 'housekeeping', everyMs: 3_600_000, run: () => keepHouse(deps) },
    ...(config.rehearsal ? [{ name: 'rehearsal', everyMs: 1000, run: () => rehearsal.play() }] : []),
  ]);

  let closing: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    await clockwork.stop();
    following.stop();
    await live.stop();
    await drafts.shutdown();
    await importing.stop();
    await publishing.stop();
    await reaching.stop();
    await flow.stop();
    await fastify.close();
    await signIn.close();
    await db.destroy();
  };
  return { fastify, deps, flow, live, drafts, publishing, reaching, close: () => (closing ??= close()) };
}

/** Two kinds of sockets share the port; whatever else asks for an upgrade is answered 404 (stack.md 9). */
function routeUpgrades(fastify: FastifyInstance, drafts: ReturnType<typeof createDraftUpgrade>): void {
  fastify.server.on('upgrade', (request, socket, head) => {
    // Node hands it over with nobody listening: whoever hung up in this moment would end the process (LV-11).
    socket.on('error', () => socket.destroy());
    const path = request.url?.split('?', 1)[0] ?? '';
    if (path.startsWith('/live/')) return;
    if (path.startsWith(DRAFT_SOCKETS)) return drafts(request, socket, head);
    socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n');
  });
}

async function sweep(deps: Deps, live: Gateway, drafts: DraftRooms): Promise<void> {
  const boards = live
    .watchers()
    .map((w) => ({ ...w, close: (code: Parameters<Gateway['close']>[1]) => live.close(w.socketId, code) }));
  const writers = drafts.visitors().map(({ actor, key, sessionId }) => ({
    sessionId: sessionId.startsWith('token ') ? null : sessionId,
    userId: actor.id,
    roomId: key.roomId,
    roles: actor.roles,
    close: (code: Parameters<Gateway['close']>[1]) => drafts.closeFor({ sessionId, roomId: key.roomId }, code),
  }));
  await closeRevoked(deps, [...boards, ...writers]);
}

async function keepHouse(deps: Deps): Promise<void> {
  const now = Date.parse(deps.now());
  await makePartitions(deps.db, new Date(now));
  const monthAgo = new Date(now - 30 * DAY).toISOString();
  await forgetDeliveries(deps.db, monthAgo);
  await forgetOperations(deps.db, monthAgo);
  await forgetUnusedPictures(deps.db, deps.now());
}
