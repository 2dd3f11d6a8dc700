// What a caller gives to a route and gets back, as types only.
import type { Static, TSchema } from 'typebox';
import type { ROUTES, RouteName } from './routes.ts';

type Routes = typeof ROUTES;
type Part<N extends RouteName, K extends string> = Routes[N] extends { [P in K]: infer S extends TSchema }
  ? { [P in K]: Static<S> }
  : unknown;
type Query<N extends RouteName> = Routes[N] extends { query: infer S extends TSchema }
  ? { query?: Static<S> }
  : unknown;

/** `params`, `query` and `body` of a route, those it declares. */
export type CallOf<N extends RouteName> = Part<N, 'params'> & Part<N, 'body'> & Query<N>;

/** What the route answers when it says yes. */
export type ReplyOf<N extends RouteName> = Static<Routes[N]['reply']>;
