// The whole app runs in the browser: nothing is rendered on a server. Said in a file of the build's alone, so that no page asks for it.
export const ssr = false;
export const prerender = false;
